// The day after bad news: 80 of 100 come to the sign-in and look at home, 10 at a record, 5 begin to report one, 3 check
// a certificate, 2 are staff. Run by `make load`. Each visitor brings a session: from one address the limits of tries
// would, rightly, let hardly anybody sign in.
import http from "k6/http";
import { Counter, Rate } from "k6/metrics";

const URL = __ENV.URL;
const people = JSON.parse(open(__ENV.PEOPLE));
const failed = new Rate("failed"); // neither an answer nor the page that asks to wait
const asked_to_wait = new Rate("asked_to_wait");
const answered = new Counter("answered");

export const options = {
    insecureSkipTLSVerify: true,
    stages: JSON.parse(__ENV.STAGES || '[{"duration": "20s", "target": 10}]'),
    thresholds: { failed: ["rate==0"] },
    summaryTrendStats: ["med", "p(95)", "max"],
};

function get(path, session, name) {
    const cookies = session ? { "__Host-session": session } : {};
    const answer = http.get(URL + path, { cookies, tags: { name }, redirects: 0, timeout: "90s" });
    const waits = answer.status === 503 && answer.headers["Retry-After"] !== undefined;
    asked_to_wait.add(waits);
    failed.add(!waits && (answer.status === 0 || answer.status >= 400));
    answered.add(answer.status > 0 && answer.status < 400 ? 1 : 0);
    return answer;
}

export default function () {
    http.cookieJar().clear(URL);
    const chance = Math.random() * 100;
    const who = people.residents[Math.floor(Math.random() * people.residents.length)];
    if (chance < 80) {
        get("/account/login/", "", "sign-in page");
        get("/", who, "home");
    } else if (chance < 90) {
        const record = /href="(\/records\/[^"\/]+\/)"/.exec(get("/", who, "home").body || "");
        if (record) get(record[1], who, "record");
    } else if (chance < 95) {
        const record = /href="(\/records\/[^"\/]+\/)"/.exec(get("/", who, "home").body || "");
        if (record) get(record[1] + "report/", who, "report");
    } else if (chance < 98) {
        get("/certificates/check/", "", "certificate check");
    } else {
        get("/desk/", people.staff, "desk");
    }
}
