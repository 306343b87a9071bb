"""A text in another language is caught by its letters."""

import pytest

from reports.desk.speech import fits

JAPANESE, EASY, ENGLISH = (
    "確認のうえご連絡します。",
    "しらべて 知(し)らせます。",
    "We are checking your report.",
)
KOREAN, CHINESE, VIETNAMESE = (
    "신고를 확인하고 있습니다.",
    "我们正在核实您的申报。",
    "Chúng tôi đang kiểm tra.",
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (JAPANESE, "ja"),
        (EASY, "ja-x-easy"),
        (ENGLISH, "en"),
        (ENGLISH, "es"),
        (KOREAN, "ko"),
        (CHINESE, "zh-hans"),
        (VIETNAMESE, "vi"),
        ("R-12", "ja"),
        ("見本銀行", "en"),
    ],
)
def test_what_may_be_that_language_passes(text, language):
    assert fits(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "ja"),
        (ENGLISH, "ko"),
        (JAPANESE, "en"),
        (JAPANESE, "vi"),
        (JAPANESE, "zh-hant"),
        (KOREAN, "ja"),
        (CHINESE, "en"),
        (CHINESE, "ja-x-easy"),
    ],
)
def test_what_cannot_be_that_language_is_caught(text, language):
    assert not fits(text, language)
