"""The pages of help: open to everyone, the same for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.free_text import without_individual_numbers
from portal.help.contents import TOPICS
from portal.help.search import LONGEST_QUESTION, search
from portal.help.topic import Topic


@require_GET
@login_not_required
def contents(request: HttpRequest) -> HttpResponse:
    """All topics, or those that answer what was asked; an individual number leaves the address at once."""
    asked = request.GET.get("q", "").strip()
    if without_individual_numbers(asked) != asked:
        return redirect("portal:help")
    context = {
        "topics": TOPICS.values(),
        "question": asked[:LONGEST_QUESTION],
        "hits": search(asked),
        "longest": LONGEST_QUESTION,
    }
    return render(request, "help/contents.html", context)


@require_GET
@login_not_required
def topic(request: HttpRequest, topic_slug: str) -> HttpResponse:
    """One topic with its sections; a long one in the simple version only names them."""
    return render(request, "help/topic.html", {"topic": topic_or_404(topic_slug)})


@require_GET
@login_not_required
def section(request: HttpRequest, topic_slug: str, section_slug: str) -> HttpResponse:
    """One section alone, with the way to the next."""
    of = topic_or_404(topic_slug)
    place = of.place_of(section_slug)
    if place is None:
        raise Http404
    before, after = of.around(place)
    context = {"topic": of, "section": of.sections[place], "before": before, "after": after}
    return render(request, "help/section.html", context)


def topic_or_404(slug: str) -> Topic:
    """The topic of that name."""
    if slug not in TOPICS:
        raise Http404
    return TOPICS[slug]
