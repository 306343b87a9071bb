// The day after bad news: 80 of 100 come to the sign-in and look at home, 10 at a record, 5 report one, 3 check a
// certificate, 2 are staff. Run by `make load`. People come at a rate, whether or not those before were answered.
// Each brings a session: from one address the limits of tries would, rightly, let hardly anybody sign in.
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Rate, Trend } from "k6/metrics";

const URL = __ENV.URL;
const people = JSON.parse(open(__ENV.PEOPLE)); // residents: [session, records that nobody reported yet]
const STEPS = JSON.parse(__ENV.STEPS || "[[2, 20]]"); // visits a second, seconds
const failed = new Rate("failed"); // neither an answer nor the page that asks to wait
const asked_to_wait = new Rate("asked_to_wait");
const answered = new Trend("answered", true);
const served = new Counter("served");
const COOKIE = "x".repeat(32);

export const options = {
    insecureSkipTLSVerify: true,
    scenarios: scenarios(),
    thresholds: thresholds(),
    summaryTrendStats: ["med", "p(95)", "max", "count"],
};

function scenarios() {
    const made = {};
    let begun = 0;
    STEPS.forEach(([rate, seconds], place) => {
        made[`step_${place}`] = {
            executor: "constant-arrival-rate",
            rate, timeUnit: "1s", duration: `${seconds}s`, startTime: `${begun}s`,
            preAllocatedVUs: 50, maxVUs: 1500, gracefulStop: "60s",
        };
        begun += seconds;
    });
    return made;
}

// a threshold is what makes k6 count each step by itself
function thresholds() {
    const made = { failed: ["rate==0"] };
    STEPS.forEach((_step, place) => {
        for (const name of ["failed", "asked_to_wait"]) made[`${name}{scenario:step_${place}}`] = ["rate>=0"];
        made[`answered{scenario:step_${place}}`] = ["max>=0"];
        made[`served{scenario:step_${place}}`] = ["count>=0"];
    });
    return made;
}

function ask(method, path, session, name, body) {
    const cookies = { "__Host-language": "ja", "__Host-csrf": COOKIE };
    if (session) cookies["__Host-session"] = session;
    const told = { cookies, tags: { name }, redirects: 0, timeout: "90s", headers: { Referer: URL + path, Origin: URL } };
    const answer = http.request(method, URL + path, body || null, told);
    const waits = answer.status === 503 && answer.headers["Retry-After"] !== undefined;
    asked_to_wait.add(waits);
    failed.add(!waits && (answer.status === 0 || answer.status >= 400));
    if (!waits && answer.status === 0 || answer.status >= 400 && !waits) console.log(`failed ${name} ${answer.status} ${answer.error}`);
    if (!waits) {
        answered.add(answer.timings.duration);
        served.add(1);
    }
    return answer;
}

function get(path, session, name) {
    return ask("GET", path, session, name);
}

export default function () {
    http.cookieJar().clear(URL);
    const visit = exec.scenario.iterationInTest;
    const chance = Math.random() * 100;
    const [session, records] = people.residents[visit % people.residents.length];
    if (chance < 80) {
        get("/account/login/", "", "sign-in page");
        get("/", session, "home");
    } else if (chance < 90) {
        get("/", session, "home");
        get(`/records/${records[visit % records.length]}/`, session, "record");
    } else if (chance < 95) {
        report(visit, session);
    } else if (chance < 98) {
        get("/certificates/check/", "", "certificate check");
    } else {
        get("/desk/", people.staff, "desk");
    }
}

// Each reports a record that is theirs alone, and nobody else does: what is acknowledged is told to who checks it.
function report(visit, session) {
    const record = people.reported[exec.scenario.name][exec.scenario.iterationInTest];
    const path = `/reports/new/${record[1]}/`;
    get(path, record[0], "report begun");
    get(path + "what/", record[0], "report");
    const answer = ask("POST", path + "what/", record[0], "report sent", {
        csrfmiddlewaretoken: COOKIE,
        kind: "saw_other",
    });
    const sent = /^\/reports\/([^\/]+)\/sent\/$/.exec(answer.headers.Location || "");
    if (sent) console.log(`acknowledged ${sent[1]}`);
}

export function handleSummary(data) {
    const of = (name, place) => data.metrics[`${name}{scenario:step_${place}}`].values;
    const lines = STEPS.map(([rate, seconds], place) => {
        const took = of("answered", place);
        return `asked ${rate} visits/s for ${seconds} s: answered ${(of("served", place).count / seconds).toFixed(1)} pages/s, ` +
            `median ${Math.round(took.med)} ms, 95th percentile ${Math.round(took["p(95)"])} ms, ` +
            `asked to wait ${(of("asked_to_wait", place).rate * 100).toFixed(1)} %, failed ${(of("failed", place).rate * 100).toFixed(2)} %`;
    });
    return { stdout: lines.join("\n") + "\n" };
}
