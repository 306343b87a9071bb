"""Addresses of this room."""

from django.urls import path

from certificates.views import batches, by_post, public, published, residents, staff, together

app_name = "certificates"
urlpatterns = [
    path("check/", public.check, name="check"),
    path("check/compare/", public.compare, name="compare"),
    path("revoked.jwt", published.revoked, name="revoked"),
    path("by-post/", by_post.ask, name="by_post"),
    path("by-post/sent/", by_post.sent, name="by_post_sent"),
    path("together/", together.choose, name="together"),
    path("together/next/", together.following, name="together_next"),
    path("together/check/", together.check, name="together_check"),
    path("together/sent/", together.sent, name="together_sent"),
    path("together/wish/<slug:step>/", together.wish, name="together_wish"),
    path("together/<slug:resident_id>/verdict/", together.verdict, name="together_verdict"),
    path("together/<slug:resident_id>/<slug:step>/", together.question, name="together_question"),
    path("staff/", staff.queue, name="queue"),
    path("staff/letter-back/", staff.letter_back, name="letter_back"),
    path("staff/batches/", batches.listing, name="batches"),
    path("staff/batches/<slug:public_id>/", batches.batch, name="batch"),
    path("staff/batches/<slug:public_id>/progress/", batches.progress, name="batch_progress"),
    path("staff/batches/<slug:public_id>/letters.pdf", batches.letters, name="batch_letters"),
    path("staff/batches/<slug:public_id>/manifest.json", batches.manifest, name="batch_manifest"),
    path("staff/batches/<slug:public_id>/step/<slug:name>/", batches.step, name="batch_step"),
    path("staff/<slug:public_id>/", staff.review, name="review"),
    path("staff/<slug:public_id>/propose/", staff.propose, name="propose"),
    path("staff/<slug:public_id>/issue/", staff.issue, name="issue"),
    path("staff/<slug:public_id>/return/", staff.send_back, name="return"),
    path("for/<slug:resident_id>/", residents.start, name="start"),
    path("for/<slug:resident_id>/declaration/", residents.declaration, name="declaration"),
    path("for/<slug:resident_id>/question/<slug:step>/", residents.question, name="question"),
    path("for/<slug:resident_id>/verdict/", residents.verdict, name="verdict"),
    path("for/<slug:resident_id>/without-employer/", residents.without_employer, name="without_employer"),
    path("for/<slug:resident_id>/apply/", residents.apply, name="apply"),
    path("applications/<slug:public_id>/", residents.application, name="application"),
    path("applications/<slug:public_id>/received/", residents.received, name="received"),
    path("staff/<slug:public_id>/letter/", staff.letter, name="letter"),
    path("staff/<slug:public_id>/end/<slug:why>/", staff.end, name="end"),
    path("<slug:public_id>/lost/", residents.lost, name="lost"),
    path("<slug:public_id>/", residents.certificate, name="certificate"),
    path("<slug:public_id>/download/", residents.download, name="download"),
]
