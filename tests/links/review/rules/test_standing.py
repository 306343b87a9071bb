import pytest

from links.review.rules import decision as row
from links.review.rules.kana import compare_kana
from links.review.rules.names import compare_names
from links.review.rules.standing import reading_known, standing

NONE = frozenset()


def stand(registered, claimed, agrees=False, unread=NONE):
    """The standing of `(name, kana)` against `(name, kana)`."""
    name, kana = compare_names(registered[0], claimed[0]), compare_kana(registered[1], claimed[1])
    return standing(name, reading_known(name, kana), agrees=agrees, unread=frozenset(unread))


MAN = ("山田　太郎", "ヤマダ　タロウ")


@pytest.mark.parametrize(
    ("claimed", "code"),
    [
        (("山田太郎", "ヤマダタロウ"), row.BOTH),
        (("山田太郎", "ヤマタ　タロウ"), row.BOTH),
        (("山田太郎", ""), row.KANJI),
        (("●田太郎", "ヤマタ　タロウ"), row.KANJI),
        (("", "ヤマダ　タロウ"), row.KANA),
        (("", "ヤマタ　タロウ"), row.NEAR),
        (("山田太郎", "ヤマダ　ヒロシ"), row.READING),
        (("山田太郎", "スズキ　ヒロシ"), row.CONTRADICTORY),
        (("山田太朗", "ヤマダ　タロウ"), row.PEN),
        (("山田太朗", "ヤマタ　タロウ"), row.PEN_NEAR),
        (("山田　太朗", "ヤマダ　ダロウ"), row.UNCLEAR),
        (("橋本　千代子", "ヤマダ　タロウ"), row.PEN_WHOLE),
        (("橋本　千代子", "ヤマタ　タロウ"), row.UNCLEAR),
        (("", "ヤーマダ　タロウ"), row.SHORT),
        (("鈴木　太郎", "スズキ　タロウ"), row.SURNAME),
        (("鈴木　太郎", ""), row.SURNAME),
        (("山田　次郎", ""), row.SLIP),
        (("山田　次郎", "ヤマダ　ジロウ"), row.STRANGER),
        (("山田　花子", ""), row.STRANGER),
        (("", "ヤマダ　ハナコ"), row.STRANGER),
        (("山田　●●", ""), row.UNCLEAR),
        (("山田　●●", "ヤマダ　ハナコ"), row.STRANGER),
        (("●田　太郎", "ヤマダ　ハナコ"), row.UNCLEAR),
        (("鈴木　花子", "スズキ　タロウ"), row.UNCLEAR),
        (("", ""), row.NO_NAME),
    ],
)
def test_kanji_and_kana_together_make_the_standing(claimed, code):
    assert stand(MAN, claimed).code == code


def test_letters_that_clerks_mix_up_pass_only_where_all_else_agrees():
    registered, claimed = ("斎藤　花", "サイトウ　ハナ"), ("斉藤　花", "サイトウ　ハナ")

    assert stand(registered, claimed, agrees=True).code == row.BOTH
    assert stand(registered, claimed).code == row.PEN
    assert stand(registered, ("斉藤　花", ""), agrees=True).code == row.UNCLEAR


def test_foreign_words_in_another_order_are_loosely_the_same():
    assert stand(("LI MIN", ""), ("MIN LI", "")).code == row.LOOSE
    assert stand(("LI MIN", "リー　ミン"), ("", "ミン　リー")).code == row.LOOSE


def test_the_reading_of_a_former_surname_cannot_contradict():
    found = stand(("影山［小林］　和子", "カゲヤマ　カズコ"), ("小林　和子", "コバヤシ　カズコ"))

    assert found.code == row.KANJI


def test_the_reading_of_a_common_name_may_be_any():
    registered = ("WANG ZHIQIANG（山口　剛志）", "ワン　ジーチアン")

    assert stand(registered, ("", "ヤマグチ　ツヨシ"), unread={"common_name"}).code == row.UNCLEAR


@pytest.mark.parametrize(
    ("claimed", "code"), [("コバヤシ　カズコ", row.FORMER), ("コバヤシ　ユミ", row.STRANGER)]
)
def test_a_reading_may_be_that_of_the_former_surname(claimed, code):
    registered = ("影山［小林］　和子", "カゲヤマ　カズコ")

    assert stand(registered, ("", claimed), unread={"former_surname"}).code == code


def test_variants_of_letters_do_not_excuse_another_reading():
    assert stand(("山田　晃", "ヤマダ　アキラ"), ("山田　晄", "ヤマダ　ヒカル")).code == row.UNCLEAR


def test_both_forms_differ_only_where_no_form_that_was_sent_agrees():
    assert stand(MAN, ("鈴木　花子", "スズキ　ハナコ")).differs
    assert stand(MAN, ("", "スズキ　ハナコ")).differs
    assert not stand(MAN, ("山田　太朗", "ヤマダ　タロウ")).differs
    assert not stand(MAN, ("山田　太郎", "スズキ　ハナコ")).differs


def test_a_former_surname_explains_another_surname_in_kana():
    registered, claimed = ("影山［小林］　和子", "カゲヤマ　カズコ"), ("", "コバヤシ　カズコ")

    assert not stand(registered, claimed, unread={"former_surname"}).differs
    assert stand(registered, ("", "コバヤシ　ユミ"), unread={"former_surname"}).differs
