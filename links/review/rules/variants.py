"""Which characters are two ways to write one letter: data, pairwise, never by transitive closure.

Each group lists forms that are all linked to each other. The old and new forms of the jōyō and
jinmei tables and the common surnames are here because the tables in `jntajis` miss some of them.
The form that is usual today stands first.
"""

import re

OLD_AND_NEW = """
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆 桜櫻 奥奧
横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 慨槪 概槪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 缶罐 巻卷 陥陷
勧勸 寛寬 関關 歓歡 観觀 気氣 既旣 帰歸 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區
駆驅駈 勲勳 薫薰 径徑 茎莖 恵惠 掲揭 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊 県縣 研硏 倹儉 剣劍劔劒釼剱 険險
圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國圀 黒黑 砕碎 済濟 斎齋斋 剤劑 雑雜 参參
桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處
叙敍 将將 称稱 焼燒 証證 奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢
慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 瀬瀨 声聲 斉齊 静靜 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢
潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續
堕墮 対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳
徴徵 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬪 徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦
覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 秘祕 浜濱濵 払拂 仏佛 併倂 並竝 辺邊邉 変變 弁辨瓣辯 歩步
宝寶 豊豐 褒襃 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴
乱亂 覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 霊靈 齢齡 暦曆 歴歷 恋戀 炉爐 労勞 楼樓 録錄 湾灣
"""

NAMES = """
薮藪籔 遥遙 凛凜 巌巖 晃晄 亘亙 高髙 崎﨑嵜碕 島嶋嶌 富冨 吉𠮷 尭堯 桧檜 槙槇 瑶瑤 禄祿 穣穰 晋晉 聡聰 祢禰
桑桒 諌諫 篭籠 涛濤 砺礪 祷禱 鴎鷗 麹麴 芦蘆 祇祗 渕淵渊 館舘 柳栁 船舩 橋槗 沖冲 留畄 秋秌穐龝 喜㐂 峰峯
梅楳 松枩 裏裡 野埜 煕熙熈 凉涼 昂昻 飯飰 柏栢 苅刈 園薗 頬頰 填塡 蝉蟬 掴摑 剥剝 叱𠮟 嘘噓 鴬鶯 桝枡 舟舩
靭靱 蛎蠣 頚頸 賎賤 迩邇 倶俱 侠俠 繋繫 醤醬 唖啞 焔焰 鹸鹼 屡屢 掻搔 騨驒 箪簞 溌潑 郎郞 緒緖 清淸 青靑
梶㭴 鶴隺 氷冰 朗朖 鯵鰺 侭儘 竃竈 撹攪 麸麩 潅灌 蝿蠅 徠徕 鈎鉤 皐皋 庵菴葊 藁藳 蓑簑 嶺岭 梼檮 栃杤 鎗槍
ヶが ヶガ ケが 関閞 留畱 楠枏柟 昇陞 晃𣇄
"""

# what a reader of paper or a screen takes for another: a kana and the kanji that looks like it
LOOK_ALIKES = "ニ二 ハ八 カ力 エ工 ロ口 タ夕 ト卜 オ才 ー一 ヘへ リり"

# different letters that clerks mix up: linked only while everything else agrees
CLERKS = ("斎齋斋", "斉齊")

# links in the official tables that join letters which are different in names
REFUSED = frozenset(frozenset(pair) for pair in ("玉王", "功切", "師帥", "宍肉", "書昼", "鋪舗", "舛升"))

# what systems put in place of a letter that they cannot write; the private-use areas are such places too
FILLER = re.compile("[●■〓□※?*\ufffd○◯▲△★☆◆◇\ue000-\uf8ff\U000f0000-\U0010ffff]")


def _links(*tables: str) -> dict[str, frozenset[str]]:
    """Each character with those that it is linked to."""
    found: dict[str, set[str]] = {}
    for group in " ".join(tables).split():
        for character in group:
            found.setdefault(character, set()).update(group)
    return {character: frozenset(linked) for character, linked in found.items()}


LINKED = _links(OLD_AND_NEW, NAMES, LOOK_ALIKES)
MIXED_UP = {letter: CLERKS[1 - side] for side, forms in enumerate(CLERKS) for letter in forms}
