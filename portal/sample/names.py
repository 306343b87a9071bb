"""Names as data: common surnames and given names with their readings; every combination is invented."""

import random

Pair = tuple[str, str]


def _pairs(text: str) -> list[Pair]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


SURNAMES = _pairs("""
佐藤 サトウ 鈴木 スズキ 高橋 タカハシ 田中 タナカ 伊藤 イトウ 渡辺 ワタナベ 山本 ヤマモト
中村 ナカムラ 小林 コバヤシ 加藤 カトウ 吉田 ヨシダ 山田 ヤマダ 佐々木 ササキ 山口 ヤマグチ
松本 マツモト 井上 イノウエ 木村 キムラ 林 ハヤシ 斎藤 サイトウ 清水 シミズ 山崎 ヤマザキ 森 モリ
池田 イケダ 橋本 ハシモト 阿部 アベ 石川 イシカワ 山下 ヤマシタ 中島 ナカジマ 石井 イシイ
小川 オガワ 前田 マエダ 岡田 オカダ 長谷川 ハセガワ 藤田 フジタ 後藤 ゴトウ 近藤 コンドウ
村上 ムラカミ 遠藤 エンドウ 青木 アオキ 坂本 サカモト 斉藤 サイトウ 福田 フクダ 太田 オオタ
西村 ニシムラ 藤井 フジイ 金子 カネコ 岡本 オカモト 藤原 フジワラ 中野 ナカノ 三浦 ミウラ
原田 ハラダ 中川 ナカガワ 松田 マツダ 竹内 タケウチ 小野 オノ 田村 タムラ 中山 ナカヤマ 和田 ワダ
石田 イシダ 森田 モリタ 上田 ウエダ 原 ハラ 内田 ウチダ 柴田 シバタ 酒井 サカイ 宮崎 ミヤザキ
横山 ヨコヤマ 高木 タカギ 安藤 アンドウ 宮本 ミヤモト 大野 オオノ 小島 コジマ 谷口 タニグチ
今井 イマイ 工藤 クドウ 高田 タカダ 増田 マスダ 丸山 マルヤマ 杉山 スギヤマ 村田 ムラタ
大塚 オオツカ 新井 アライ 小山 コヤマ 平野 ヒラノ 藤本 フジモト 河野 コウノ 上野 ウエノ 野口 ノグチ
武田 タケダ 松井 マツイ 千葉 チバ 菅原 スガワラ 岩崎 イワサキ 久保 クボ 木下 キノシタ 佐野 サノ
野村 ノムラ 松尾 マツオ 市川 イチカワ 菊地 キクチ 杉本 スギモト 古川 フルカワ
""")

# What registers hold and CP932, or a clerk's keyboard, does not always have
RARE_SURNAMES = _pairs("""
髙橋 タカハシ 髙田 タカダ 山﨑 ヤマザキ 宮﨑 ミヤザキ 濵田 ハマダ 渡邊 ワタナベ 渡邉 ワタナベ
齋藤 サイトウ 齊藤 サイトウ 𠮷田 ヨシダ 𠮷川 ヨシカワ 葛󠄀城 カツラギ 辻󠄀本 ツジモト 德永 トクナガ
冨田 トミタ 眞鍋 マナベ 廣瀬 ヒロセ 澤田 サワダ
""")

# How clerks write them elsewhere
PLAIN_FORMS = str.maketrans("髙﨑濵邊邉齋齊𠮷德冨眞廣澤", "高崎浜辺辺斎斉吉徳富真広沢")

MEN = {
    1930: _pairs(
        "茂 シゲル 清 キヨシ 正 タダシ 勇 イサム 実 ミノル 進 ススム 昭 アキラ 武 タケシ 博 ヒロシ 弘 ヒロシ"
    ),
    1950: _pairs(
        "隆 タカシ 誠 マコト 豊 ユタカ 修 オサム 和夫 カズオ 正雄 マサオ 健一 ケンイチ 浩 ヒロシ "
        "明 アキラ 勝 マサル"
    ),
    1970: _pairs(
        "剛 ツヨシ 学 マナブ 直樹 ナオキ 健太郎 ケンタロウ 大輔 ダイスケ 哲也 テツヤ 英樹 ヒデキ "
        "和也 カズヤ 淳 ジュン"
    ),
    1990: _pairs(
        "翔太 ショウタ 拓也 タクヤ 健太 ケンタ 亮 リョウ 大樹 ダイキ 翼 ツバサ 達也 タツヤ "
        "駿 シュン 一樹 カズキ"
    ),
    2010: _pairs(
        "蓮 レン 悠真 ユウマ 湊 ミナト 陽翔 ハルト 大翔 ヒロト 樹 イツキ 蒼 アオイ 颯太 ソウタ "
        "朝陽 アサヒ 律 リツ"
    ),
}
WOMEN = {
    1930: _pairs(
        "ハル ハル キヨ キヨ フミ フミ 千代 チヨ 和子 カズコ 幸子 サチコ 節子 セツコ 文子 フミコ "
        "静江 シズエ 敏子 トシコ"
    ),
    1950: _pairs(
        "洋子 ヨウコ 恵子 ケイコ 京子 キョウコ 悦子 エツコ 裕子 ユウコ 由美子 ユミコ 良子 ヨシコ "
        "純子 ジュンコ"
    ),
    1970: _pairs(
        "裕子 ヒロコ 真由美 マユミ 智子 トモコ 直美 ナオミ 久美子 クミコ 陽子 ヨウコ 香織 カオリ "
        "美穂 ミホ 明美 アケミ"
    ),
    1990: _pairs(
        "愛 アイ 彩 アヤ 美咲 ミサキ 麻衣 マイ 千尋 チヒロ 沙織 サオリ 舞 マイ 遥 ハルカ "
        "桃子 モモコ 真央 マオ"
    ),
    2010: _pairs(
        "陽葵 ヒマリ 凛 リン 結菜 ユナ 咲良 サクラ 芽依 メイ 紬 ツムギ 莉子 リコ 葵 アオイ 澪 ミオ 陽菜 ヒナ"
    ),
}

# Family name, given names, sex, and the reading that half of such people have in the register
LATIN = [
    (("NGUYEN", "グエン"), ("THI HOA", "ティ　ホア"), "2"),
    (("TRAN", "チャン"), ("VAN MINH", "ヴァン　ミン"), "1"),
    (("REYES", "レイエス"), ("MARIA CLARA", "マリア　クララ"), "2"),
    (("SANTOS", "サントス"), ("JUAN CARLO", "フアン　カルロ"), "1"),
    (("SHRESTHA", "シュレスタ"), ("SABIN", "サビン"), "1"),
    (("GURUNG", "グルン"), ("ANITA", "アニタ"), "2"),
    (("SILVA", "シルバ"), ("PEDRO HENRIQUE", "ペドロ　エンリケ"), "1"),
    (("TAYLOR", "テイラー"), ("EMILY ROSE", "エミリー　ローズ"), "2"),
    (("MULLER", "ミュラー"), ("JURGEN", "ユルゲン"), "1"),
    (("PUTRA", "プトラ"), ("AGUS DWI", "アグス　ドウィ"), "1"),
    (("WANG", "ワン"), ("XIAOMING", "シャオミン"), "1"),
    (("KIM", "キム"), ("SEO YEON", "ソヨン"), "2"),
]


def surname(chance: random.Random) -> Pair:
    """A surname with its reading; one in twelve has a character that is hard to write."""
    return chance.choice(RARE_SURNAMES if chance.random() < 1 / 12 else SURNAMES)


def given_name(chance: random.Random, *, sex: str, year: int) -> Pair:
    """A given name with its reading, as people of that year of birth have them."""
    by_year = MEN if sex == "1" else WOMEN
    generation = 1930 + (year - 1930) // 20 * 20
    return chance.choice(by_year[max(1930, min(2010, generation))])
