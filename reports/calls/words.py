"""The words by which somebody knows that it is really us who call: easy to hear and to say."""

import secrets

from django.utils.translation import get_language

# code, which is also how others than Japanese read it; and in hiragana
WORDS = {
    "sakura": "さくら",
    "momiji": "もみじ",
    "himawari": "ひまわり",
    "tanpopo": "たんぽぽ",
    "ajisai": "あじさい",
    "asagao": "あさがお",
    "mikan": "みかん",
    "ringo": "りんご",
    "suika": "すいか",
    "ichigo": "いちご",
    "budou": "ぶどう",
    "tamago": "たまご",
    "tsubame": "つばめ",
    "suzume": "すずめ",
    "hibari": "ひばり",
    "kujira": "くじら",
    "iruka": "いるか",
    "usagi": "うさぎ",
    "tanuki": "たぬき",
    "kitsune": "きつね",
    "hotaru": "ほたる",
    "tonbo": "とんぼ",
    "kaeru": "かえる",
    "medaka": "めだか",
    "taiko": "たいこ",
    "furin": "ふうりん",
    "hanabi": "はなび",
    "origami": "おりがみ",
    "kingyo": "きんぎょ",
    "asahi": "あさひ",
    "yuyake": "ゆうやけ",
    "nijiiro": "にじいろ",
}
JAPANESE = ("ja", "ja-x-easy")


def fresh() -> str:
    """A word and a number that nobody can foresee, e.g. sakura-42."""
    return f"{secrets.choice(list(WORDS))}-{10 + secrets.randbelow(90)}"


def spoken(code: str) -> str:
    """The word as the reader says it."""
    word, _dash, number = code.partition("-")
    return f"{WORDS[word] if get_language() in JAPANESE else word.capitalize()} {number}"


def spoken_both_ways(code: str) -> str:
    """The word for staff, who call people of every language."""
    word, _dash, number = code.partition("-")
    return f"{WORDS[word]}（{word.capitalize()}） {number}"
