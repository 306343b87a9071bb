"""Specimens for the gallery page: every component in its states, with invented people only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms, template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SINCE = "2024年12月5日から　最後の点検 2026年10月31日"
SILENT = "この機関はまだつながっていません。「記録がない」という意味ではありません。"
RECORDS = [
    ("公金受取口座", "ゆうちょ銀行　口座 •••4567", "ok", "一致しています", "#", SINCE),
    ("国民健康保険", "さいたま市　2026年4月1日から", "attention", "確認してください", "#", SINCE),
    ("以前の健康保険", "見本健康保険組合　2026年3月31日で終了", "ended", "終了しています", "#", SINCE),
    ("基礎年金番号", "日本年金機構　••••-••7890", "hold", "2026年11月20日から確認中です", "#", SINCE),
    ("障害者手帳", "埼玉県", "withheld", "別の人の情報かもしれないので、内容を隠しています", "#", SINCE),
    ("雇用保険", "ハローワーク", "waiting", "まだ点検していません", "#", SINCE),
    ("児童手当", "さいたま市", "wrong", "別の人の記録です", "#", SINCE),
    ("労災保険", SILENT, "ended", "確認できません", "", ""),
]
ROWS = [
    ("氏名", "髙橋 花子", "高橋 花子", "ok", "同じ字のちがう書き方"),
    ("カナ", "タカハシ ハナコ", "ﾀｶﾊｼ ﾊﾅｺ", "ok", "同じ"),
    ("生年月日", "1954年3月2日（昭和29年）", "届いていません", "ended", "比べられません"),
    ("住所", "浦和区高砂三丁目15番4号", "ちがいます", "wrong", "ちがいます"),
]
TILES = [("14", "つながっている記録"), ("13", "あなたのものと確認済み"), ("10/31", "最後の点検")]
EVENTS = [
    ("さいたま市 国保年金課", "が登録しました", "2024年12月5日（令和6年）", "本人の申請書", "done"),
    ("", "全員の点検で一致しました", "2026年10月31日（令和8年）", "点検ルール 第7版", "done"),
    ("", "機関にたずねています", "2026年11月23日（令和8年）", "", "now"),
    ("", "あなたに結果を知らせます", "2026年11月26日（令和8年）まで", "", "todo"),
]


DAY = date(2026, 11, 23)
MESSAGES = [
    (constants.SUCCESS, "保存しました"),
    (constants.INFO, "お知らせがあります"),
    (constants.WARNING, "まだ送っていません"),
    (constants.ERROR, "送れませんでした"),
]


@dataclass(frozen=True, slots=True)
class Count:
    """What a bar is drawn of."""

    words: str
    value: int | None


class SpecimenForm(forms.Form):
    """One field of each kind."""

    what = forms.ChoiceField(
        label="何がおかしいですか",
        help_text="公金受取口座（ゆうちょ銀行）について。あとで直せます。",
        widget=forms.RadioSelect,
        choices=[("a", "わたしのものではない"), ("b", "内容がちがう"), ("c", "わからない。相談したい")],
    )
    since = forms.DateField(
        label="いつから知っていますか", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    phone = forms.CharField(label="電話番号", help_text="昼に出られる番号です。")
    story = forms.CharField(label="くわしく教えてください", required=False, widget=forms.Textarea)
    paper = forms.FileField(label="写真や書類", required=False)
    kinds = forms.MultipleChoiceField(
        label="当てはまるもの",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("card", "カードをなくした"), ("pin", "暗証番号がわからない")],
    )
    month = forms.ChoiceField(label="月", choices=[("4", "4月"), ("5", "5月")])
    sure = forms.BooleanField(label="書いたことは本当です")


PROPOSAL = {
    "get_remedy_display": "この人の代わりをみとめる",
    "resident": {"name": "佐藤 蓮"},
    "document": "family",
    "get_document_display": "戸籍",
    "reason": "書類を見ました。",
    "proposed_by": {"name": "窓口 一郎"},
    "proposed_at": datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001 (a specimen)
}


@register.simple_tag
def specimens() -> dict[str, Any]:
    """What each component is shown with on the gallery page."""
    return {
        "records": [named("title detail tone words url note", row) for row in RECORDS],
        "rows": [named("label ours theirs tone words", row) for row in ROWS],
        "events": [named("who title when detail state", row) for row in EVENTS],
        "facts": facts(),
        "tiles": [named("figure words", row) for row in TILES],
        "form": SpecimenForm(),
        "wrong_form": SpecimenForm({"phone": "", "story": "夫の口座です。", "what": "a"}),
        "page": second_of_three_pages(),
        "parts": [(13, "点検ずみ"), (2, "まだ点検していない"), (1, "確認中"), (1, "停止中")],
        "messages": [Message(level, words) for level, words in MESSAGES],
        "counts": [Count("一致", 13), Count("確認中", 2), Count("少なすぎる", None)],
        "day": DAY,
        "moment": datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001 (a specimen)
        "days": [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)],
        "lines": [("誤り", [4, 2, 3]), ("直した数", [1, None, 3])],
        "proposal": PROPOSAL,
        "returned": [{"answer": "書類の名前がちがいます。"}],
        "looks": [
            {"hidden": True, "may_ask": True},
            {"hidden": True, "may_ask": True, "asked": {"proposed_at": datetime(2026, 11, 23, 9, 30)}},  # noqa: DTZ001
            {"cleared": True},
        ],
        "files": [{"url": "#", "name": "tsucho.jpg", "kind": "JPEG", "size": 348_160}],
    }


def named(names: str, values: tuple[str, ...]) -> dict[str, str]:
    """Values under their names, which are given with a space between."""
    return dict(zip(names.split(), values, strict=True))


def facts() -> list[dict[str, str | SafeString]]:
    """Rows of a summary, one that can be changed."""
    return [
        {"key": "受付番号", "value": mark_safe("<strong>R-2051</strong>")},
        {"key": "何がおかしいか", "value": "わたしのものではない", "url": "#", "action": "変更"},
        {"key": "連絡先", "value": "070-0000-0000", "url": "#", "action": "変更"},
    ]


def second_of_three_pages() -> Page:
    """A page in the middle."""
    return Paginator(range(30), 10).page(2)
