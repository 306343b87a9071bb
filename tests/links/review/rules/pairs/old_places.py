"""Places that were merged or renamed, and the ways of writing an address that only some regions have."""

from tests.links.review.rules.pairs.people import MAN, same_but

# why, the register's address, the record's
SAME = (
    ("六丁 of 堺 in digits", "大阪府堺市堺区南三国ヶ丘町六丁１番１号", "堺市堺区南三国ケ丘町6丁1-1"),
    ("六丁 of 堺 as a number", "大阪府堺市堺区南三国ヶ丘町六丁１番１号", "堺市堺区南三国ヶ丘町6-1-1"),
    ("八丁堀 is a name", "東京都中央区八丁堀２丁目５番１号", "中央区八丁堀2-5-1"),
    ("kanji numerals on both sides of 番地", "埼玉県秩父郡皆野町皆野1420番地1", "皆野町皆野千四百二十番地一"),
    ("kanji digits and 番地の一", "埼玉県秩父郡皆野町皆野1420番地1", "皆野町皆野一四二〇番地の一"),
    ("a house called after a numeral", "群馬県太田市飯塚町２３８８番地", "群馬県太田市飯塚町2388番地三栄荘"),
    ("a storey behind 番地", "群馬県太田市飯塚町２３８８番地", "群馬県太田市飯塚町2388番地 2F"),
    ("a storey behind the number", "東京都新宿区西新宿２丁目８番", "東京都新宿区西新宿2-8 12階"),
    ("commas between the numbers", "東京都新宿区西新宿２丁目８番１号", "東京都新宿区西新宿2，8，1"),
    ("points between the numbers", "東京都新宿区西新宿２丁目８番１号", "東京都新宿区西新宿2.8.1"),
    ("浦和 is a part of さいたま", "埼玉県さいたま市浦和区高砂３丁目１番４号", "浦和市高砂3-1-4"),
    (
        "a part of 大宮 that is 北区 today",
        "埼玉県さいたま市北区宮原町１丁目７番５号",
        "埼玉県大宮市宮原町1-7-5",
    ),
    ("保谷 became 西東京", "東京都西東京市ひばりが丘１丁目１番１号", "保谷市ひばりが丘1-1-1"),
    ("清水 became a ward", "静岡県静岡市清水区旭町６番８号", "静岡県清水市旭町6-8"),
    ("a city that got wards", "岡山県岡山市北区大供１丁目１番１号", "岡山県岡山市大供1-1-1"),
    (
        "a ward that was divided anew",
        "静岡県浜松市浜名区引佐町横尾２００３番地７",
        "浜松市北区引佐町横尾2003-7",
    ),
    (
        "the former town's name is kept before the part",
        "静岡県浜松市浜名区細江町気賀305",
        "引佐郡細江町気賀305",
    ),
    (
        "the former city's name begins the town's",
        "新潟県新潟市秋葉区新津本町1-2-39",
        "新潟県新津市本町1-2-39",
    ),
    (
        "half of the former city's name begins the town's",
        "愛媛県四国中央市三島宮川4-6-55",
        "愛媛県伊予三島市宮川4-6-55",
    ),
    ("久居 before the town's name", "三重県津市久居新町３００６番地", "三重県久居市新町3006"),
    (
        "the former village's name without 村",
        "埼玉県秩父郡小鹿野町両神薄２９０６番地",
        "秩父郡両神村大字薄2906",
    ),
    (
        "the former town was its own main part",
        "茨城県水戸市内原町１３９５番地１",
        "東茨城郡内原町内原1395-1",
    ),
    (
        "字 under a former town",
        "京都府京都市右京区京北周山町上寺田１番地",
        "北桑田郡京北町大字周山小字上寺田1",
    ),
    (
        "the main part named like the former town, left out today",
        "愛知県豊田市足助町宮ノ後２６番地２",
        "愛知県東加茂郡足助町大字足助字宮の後26-2",
    ),
    (
        "a county's town with 市 in its name",
        "岩手県九戸郡洋野町種市第２３地割２７番地",
        "九戸郡種市町第23地割27",
    ),
    ("the former village with 地割", "岩手県和賀郡西和賀町沢内字太田２地割８１番地１", "沢内村太田2-81-1"),
    (
        "a former town that shares its name with another of today",
        "新潟県長岡市小国町法坂793",
        "新潟県小国町法坂793",
    ),
    ("平 is a part of いわき", "福島県いわき市平字梅本２１番地", "福島県平市字梅本21"),
    ("a city renamed", "兵庫県丹波篠山市北新町４１番地", "兵庫県篠山市北新町41"),
    ("a village of today with county and without", "長野県下伊那郡平谷村３５４番地", "平谷村354"),
    (
        "上ル for 上る",
        "京都市中京区寺町通御池上る上本能寺前町488",
        "京都市中京区寺町通御池上ル上本能寺前町488",
    ),
    ("東入ル for 東入", "京都市上京区今出川通烏丸東入相国寺門前町647", "今出川通烏丸東入ル相国寺門前町647"),
    (
        "上がる for 上る",
        "京都市中京区寺町通御池上る上本能寺前町488",
        "中京区寺町通御池上がる上本能寺前町488",
    ),
    (
        "the streets left out where the ward has several such towns",
        "京都府京都市下京区鍵屋町３３５番地",
        "京都市下京区五条通烏丸西入鍵屋町335",
    ),
    ("a line of Hokkaido in kanji", "北海道帯広市稲田町東２線５番地", "帯広市稲田町東二線5"),
    ("線 and 号 of Hokkaido", "北海道空知郡上富良野町西２線北２５号", "上富良野町西二線北二十五号"),
    ("条通 of 旭川", "北海道旭川市６条通９丁目４６番地", "旭川市六条通9-46"),
    ("条 left out beside 丁目", "北海道帯広市西５条南７丁目１番地", "帯広市西5南7-1"),
    (
        "地割 in kanji",
        "岩手県八幡平市野駄第２１地割１７０番地",
        "八幡平市野駄第二十一地割百七十番地",
    ),
    ("地割 as a hyphen", "岩手県八幡平市野駄第２１地割１７０番地", "岩手県八幡平市野駄21-170"),
    ("甲 before the number", "愛媛県松山市土居田町甲１２３番地４", "愛媛県松山市土居田町甲123-4"),
    ("イ before the number", "石川県金沢市大手町イ１番地", "石川県金沢市大手町イの1"),
    ("a town that is called 二", "千葉県旭市二１９２０番地", "旭市二の1920番地"),
    (
        "a town whose name ends in a numeral",
        "鹿児島県大島郡伊仙町阿三２８７６番地１",
        "伊仙町阿三二千八百七十六番地1",
    ),
    ("無番地", "茨城県筑西市下中山字無番地", "筑西市下中山無番地"),
    ("堺 has 丁 and no 丁目", "大阪府堺市西区鳳東町６丁６００番地", "堺市西区鳳東町6丁600"),
    ("ツ in 四ツ谷", "東京都新宿区四谷４丁目２番１号", "東京都新宿区四ツ谷4-2-1"),
    ("ヶ in 市ヶ谷", "東京都新宿区市谷田町２丁目１番地", "東京都新宿区市ヶ谷田町2-1"),
    ("通り for 通", "神奈川県横浜市中区日本大通１番地", "横浜市中区日本大通り1"),
    ("numbers joined by の in kanji", "東京都新宿区西新宿２丁目８番１号", "東京都新宿区西新宿二の八の一"),
    ("丁目 and の in kanji", "東京都新宿区西新宿２丁目８番１号", "東京都新宿区西新宿二丁目八の一"),
    (
        "a room as a third number, unknown to the register",
        "群馬県太田市飯塚町２３８８番地１",
        "飯塚町2388-1-205",
    ),
    ("a room that ends in 号室", "群馬県太田市飯塚町２３８８番地", "群馬県太田市飯塚町2388-205号室"),
    ("an island before its town", "東京都八丈島八丈町大賀郷２５５１番地２", "東京都八丈町大賀郷2551-2"),
    ("the district left out before 人形町", "東京都中央区日本橋人形町１丁目１番１号", "中央区人形町1-1-1"),
)
OTHER = (
    ("乙 is not 甲", "愛媛県松山市土居田町甲１２３番地４", "愛媛県松山市土居田町乙123-4"),
    ("ロ is not イ", "千葉県旭市イ２５６８番地", "千葉県旭市ロ2568"),
    ("another 地割", "岩手県八幡平市野駄第２１地割１７０番地", "岩手県八幡平市野駄22-170"),
    ("another 条", "札幌市中央区北１条西２丁目１番地", "札幌市中央区北2条西2丁目1"),
    ("東 is not 西 in Sapporo", "札幌市中央区北１条西２丁目１番地", "札幌市中央区北1条東2丁目1"),
    (
        "another part of the former city",
        "埼玉県さいたま市浦和区高砂３丁目１番４号",
        "埼玉県大宮市高鼻町3-1-4",
    ),
    ("the town of that name in another ward", "静岡県静岡市清水区旭町６番８号", "静岡市葵区旭町6-8"),
    ("another number in Kyoto", "京都市下京区鍵屋町335", "京都市下京区五条通烏丸西入鍵屋町336"),
    ("another 丁 of 堺", "大阪府堺市堺区南三国ヶ丘町六丁１番１号", "堺市堺区南三国ヶ丘町七丁1-1"),
    ("another branch in kanji", "群馬県太田市飯塚町２３８８番地１", "群馬県太田市飯塚町二三八八番地二"),
    ("another branch of the lot", "群馬県太田市飯塚町２３８８番地１", "群馬県太田市飯塚町2388-2"),
    ("numbers in another order", "東京都新宿区西新宿２丁目８番１号", "東京都新宿区西新宿2-1-8"),
)

PAIRS = [
    *(
        same_but(MAN, "match", why, registered={"address": registered}, address=claimed)
        for why, registered, claimed in SAME
    ),
    *(
        same_but(MAN, "review", f"an address: {why}", registered={"address": registered}, address=claimed)
        for why, registered, claimed in OTHER
    ),
]
