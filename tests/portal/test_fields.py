"""How every field of every form is drawn."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override
from pytest_django.asserts import assertInHTML, assertNotInHTML


class Everything(forms.Form):
    """One field of each kind."""

    what = forms.ChoiceField(
        label="What",
        help_text="Choose one.",
        widget=forms.RadioSelect,
        choices=[("a", "Not mine"), ("b", "Mine & wrong")],
    )
    phone = forms.CharField(label="Phone", help_text="By day.")
    story = forms.CharField(label="Story", required=False, widget=forms.Textarea)
    pace = forms.ChoiceField(label="Pace", required=False, choices=[("", "No matter"), ("slow", "Slow")])
    sure = forms.BooleanField(label="Sure")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(name: str, data: dict[str, str] | None = None) -> str:
    with override("en"):
        return str(Everything(data)[name].as_field_group())


def question(form: forms.Form, **context: object) -> str:
    frame = {"html_lang": "en", "language": "en", "languages": [("en", "English")], "support_phone": "0120"}
    with override("en"):
        return render_to_string("question.html", {"form": form, **frame, **context})


def test_a_text_field_has_its_label_and_its_hint_tied_to_it():
    html = drawn("phone")

    assertInHTML('<label for="id_phone">Phone</label>', html)
    assertInHTML('<p class="hint" id="id_phone_helptext">By day.</p>', html)
    assert 'aria-describedby="id_phone_helptext"' in html


def test_an_error_stands_beside_its_field_with_a_sign_and_is_read_with_it():
    html = drawn("phone", {"phone": ""})

    assert 'class="field field-wrong"' in html
    assert 'id="id_phone_error"' in html
    assert '<use href="#i-attention"/>' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_error_shows_none():
    html = drawn("phone", {"phone": "070"})

    assert "field-wrong" not in html
    assert "_error" not in html


def test_a_field_that_may_stay_empty_says_so():
    assertInHTML('<span class="need">(optional)</span>', drawn("story"))
    assertNotInHTML('<span class="need">(optional)</span>', drawn("phone"))


def test_where_one_answer_is_that_there_is_none_nothing_is_called_optional():
    assertNotInHTML('<span class="need">(optional)</span>', drawn("pace"))


def test_radio_buttons_are_large_cards_in_a_named_group():
    html = drawn("what")

    assertInHTML("<legend>What</legend>", html)
    assert '<fieldset aria-describedby="id_what_helptext">' in html
    assert html.count('<label class="choice"') == 2
    assert '<label class="choice" for="id_what_0">' in html


def test_the_words_of_a_choice_are_escaped():
    assertInHTML("<span>Mine &amp; wrong</span>", drawn("what"))


def test_the_chosen_answer_is_kept():
    html = drawn("what", {"what": "b"})

    assert 'value="b" required id="id_what_1" checked' in html


def test_a_single_checkbox_stands_in_a_card_with_its_label():
    html = drawn("sure")

    assert '<label class="choice" for="id_sure">' in html
    assert html.count("<label") == 1


def test_a_whole_form_draws_every_field_and_the_hidden_ones_once():
    with override("en"):
        html = str(Everything())

    assert html.count('class="field"') == 5
    assert html.count('name="token"') == 1


def test_the_label_of_a_single_question_is_the_heading_of_the_page():
    class One(forms.Form):
        """A page with one question."""

        what = Everything.base_fields["what"]

    html = question(One())

    assertInHTML("<legend><h1>What</h1></legend>", html)
    assert html.count("<h1>") == 1


def test_a_text_question_keeps_its_label_inside_the_heading():
    class One(forms.Form):
        """A page with one line to fill in."""

        phone = Everything.base_fields["phone"]

    html = question(One())

    assertInHTML('<h1><label for="id_phone">Phone</label></h1>', html)


def test_a_page_with_several_fields_has_a_heading_of_its_own():
    html = question(Everything(), question="Tell us more")

    assertInHTML("<h1>Tell us more</h1>", html)
    assert html.count("<h1>") == 1


def test_a_question_page_says_how_far_one_is():
    html = question(Everything(), step=1, total=4, back_url="/before/")

    assertInHTML('<progress value="1" max="4" aria-labelledby="progress"></progress>', html)
    assert "Question 1 of 4" in html
    assert 'href="/before/"' in html


def test_errors_are_gathered_at_the_top_and_lead_to_their_fields():
    form = Everything({"phone": ""})

    html = question(form)

    assert 'role="alert" tabindex="-1" data-focus' in html
    assert '<a href="#id_phone">Phone – This field is required.</a>' in html
    assert '<a href="#id_what_0">What – This field is required.</a>' in html


def test_an_error_of_the_whole_form_is_named_at_the_top_once():
    form = Everything({"phone": "070", "what": "a", "sure": "on"})
    form.add_error(None, "These two do not fit together.")

    html = question(form)

    assert html.count("These two do not fit together.") == 1


def test_a_page_without_errors_has_no_summary():
    assert "data-focus" not in question(Everything())
