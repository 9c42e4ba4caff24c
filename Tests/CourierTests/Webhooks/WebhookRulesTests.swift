import Domain
import Testing

@testable import Courier

@Suite struct WebhookRulesTests {
    private let now = Timestamp(microseconds: 784_111_777_000_000)

    /// features.md A6.7, the vector of Standard Webhooks.
    @Test func a67SignatureVector() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let body = Array(#"{"test": 2432232314}"#.utf8)
        let header = WebhookSignature.header(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", unixSeconds: 1_614_265_330, body: body, secrets: [secret])
        #expect(header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSignature.isValid(header, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", unixSeconds: 1_614_265_330, body: body, secret: secret))
        #expect(!WebhookSignature.isValid(header, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", unixSeconds: 1_614_265_331, body: body, secret: secret))
        #expect(!WebhookSignature.isValid("v1,AAAA v2,x", id: "msg", unixSeconds: 1, body: body, secret: secret))
    }

    @Test func aRotationSignsWithEachSecret() {
        var generator = SystemRandomNumberGenerator()
        let (old, new) = (WebhookSecret(using: &generator), WebhookSecret(using: &generator))
        let header = WebhookSignature.header(id: "m", unixSeconds: 1, body: [1, 2], secrets: [new, old])
        #expect(header.split(separator: " ").count == 2)
        for secret in [old, new] {
            #expect(WebhookSignature.isValid(header, id: "m", unixSeconds: 1, body: [1, 2], secret: secret))
        }
        #expect(!WebhookSignature.isValid(header, id: "m", unixSeconds: 1, body: [1, 2], secret: WebhookSecret(using: &generator)))
    }

    @Test func secretsReadBackAndDoNotPrint() throws {
        var generator = SystemRandomNumberGenerator()
        let secret = WebhookSecret(using: &generator)
        let text = secret.reveal()
        #expect(WebhookSecret(text)?.reveal() == text)
        var dumped = ""
        dump(secret, to: &dumped)
        for shown in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(!shown.contains(text.dropFirst(6)))
        }
    }

    @Test(arguments: [
        "", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        "whsec_!!!!9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ])
    func refusesSecrets(_ text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test func refusesSecretsOfTheWrongLength() {
        for (count, isFine) in [(23, false), (24, true), (64, true), (65, false)] {
            #expect((WebhookSecret("whsec_" + Base64.encode([UInt8](repeating: 7, count: count))) != nil) == isFine)
        }
    }

    @Test func theScheduleIsTheStandards() {
        let seconds = (0...10).map { WebhookRetrySchedule.wait(afterAttempts: $0, jitter: 0.5).map { $0 / 1_000_000 } }
        #expect(seconds == [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, nil])
        #expect(WebhookRetrySchedule.maximumAttempts == 10)
        #expect(WebhookRetrySchedule.wait(afterAttempts: -1, jitter: 0.5) == nil)
    }

    @Test func jitterIsTwentyPercentEachWay() {
        for attempts in 0..<10 {
            let nominal = WebhookRetrySchedule.waits[attempts] * 1_000_000
            #expect(WebhookRetrySchedule.wait(afterAttempts: attempts, jitter: 0) == nominal * 8 / 10)
            #expect(WebhookRetrySchedule.wait(afterAttempts: attempts, jitter: 1) == nominal * 12 / 10)
            #expect(WebhookRetrySchedule.wait(afterAttempts: attempts, jitter: 99) == nominal * 12 / 10)
        }
    }

    @Test func retryAfterOnlyLengthensAndIsCapped() {
        #expect(WebhookRetrySchedule.wait(afterAttempts: 1, jitter: 0.5, retryAfter: 60) == 60_000_000)
        #expect(WebhookRetrySchedule.wait(afterAttempts: 2, jitter: 0.5, retryAfter: 60) == 300_000_000)
        #expect(WebhookRetrySchedule.wait(afterAttempts: 1, jitter: 0.5, retryAfter: .max) == 86_400_000_000)
        #expect(WebhookRetrySchedule.wait(afterAttempts: 1, jitter: 0.5, retryAfter: .min) == 5_000_000)
    }

    /// `now` is RFC 9110's example, Sun, 06 Nov 1994 08:49:37 GMT.
    @Test(
        arguments: [
            ("120", 120), ("0", 0), (" 5", 5), ("86401", 86_400), ("99999999999999999999999", 86_400), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sat, 05 Nov 1994 08:49:37 GMT", 0), ("Tue, 15 Nov 2094 08:12:31 GMT", 86_400), ("", nil),
            ("-1", nil), ("1.5", nil), ("soon", nil), ("Sun, 31 Feb 1994 08:49:37 GMT", nil), ("Sunday, 06-Nov-94 08:50:37 GMT", 60),
            ("Sun Nov  6 08:50:37 1994", 60), ("Sun Nov 06 08:50:37 1994", 60), ("Tue Nov 15 08:12:31 1994", 86_400),
            ("Monday, 07-Nov-44 08:49:37 GMT", 0), ("Saturday, 06-Nov-44 08:49:37 GMT", 86_400), ("Sunday, 01-Jan-00 00:00:00 GMT", 86_400),
            ("Monday, 30-Feb-95 08:49:37 GMT", nil), ("Sun, 06-Nov-94 08:50:37 GMT", nil), ("Sunday, 06-Nov-94 08:50:37 CET", nil),
            ("Sunday, 06-Nov-1994 08:50:37 GMT", nil), ("Sun Nov 6 08:50:37 1994", nil), ("Sun Nov  06 08:50:37 1994", nil),
            ("Sunday Nov  6 08:50:37 1994", nil), ("Sun Nov  6 08:50:37 94", nil),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("١٢", nil),
        ] as [(String, Int64?)]
    )
    func readsRetryAfter(_ value: String, _ expected: Int64?) {
        #expect(RetryAfter.seconds(value, now: now) == expected)
    }

    @Test(
        arguments: [
            (200, .delivered, false), (204, .delivered, false), (299, .delivered, false), (301, .retry, false), (302, .retry, false),
            (304, .retry, false),
            (400, .retry, false), (404, .retry, false), (410, .disable, false), (429, .retry, true), (500, .retry, false), (502, .retry, true),
            (503, .retry, true), (504, .retry, true),
        ] as [(Int, WebhookOutcome.Verdict, Bool)]
    )
    func classifiesAnswers(_ status: Int, _ verdict: WebhookOutcome.Verdict, _ slows: Bool) {
        let outcome = WebhookOutcome(WebhookResponse(status: status, retryAfter: "7"), now: now)
        #expect(outcome.verdict == verdict)
        #expect(outcome.slowsEndpoint == slows)
        #expect(outcome.retryAfter == (verdict == .retry ? 7 : nil))
    }

    @Test("A 503 slows its endpoint where it says for how long")
    func unavailable() {
        #expect(!WebhookOutcome(WebhookResponse(status: 503, retryAfter: nil), now: now).slowsEndpoint)
        #expect(!WebhookOutcome(WebhookResponse(status: 500, retryAfter: "7"), now: now).slowsEndpoint)
    }

    @Test func classifiesErrors() {
        #expect(WebhookOutcome(.timeout).slowsEndpoint)
        #expect(WebhookOutcome(.egress(.resolutionTimeout)).slowsEndpoint && !WebhookOutcome(.egress(.unresolvable)).slowsEndpoint)
        #expect(WebhookOutcome(.connect).verdict == .retry)
        #expect(WebhookOutcome(.cancelled).verdict == .interrupted)
    }

    @Test func refusesBadRequests() throws {
        let url = try EgressURL("https://example.com/")
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        func make(id: String = "msg_1", bytes: Int = 0, secrets: [WebhookSecret]) -> WebhookRequest? {
            WebhookRequest(url: url, id: id, unixSeconds: 1, body: [UInt8](repeating: 0, count: bytes), secrets: secrets)
        }
        #expect(make(secrets: [secret]) != nil)
        #expect(make(bytes: 20_480, secrets: [secret]) != nil)
        #expect(make(bytes: 20_481, secrets: [secret]) == nil)
        #expect(make(secrets: []) == nil)
        for id in ["", "a.b", "a b", "a\r\nX: y", String(repeating: "a", count: 129)] {
            #expect(make(id: id, secrets: [secret]) == nil)
        }
    }

    @Test func base64ReadsBack() {
        for count in 0..<70 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        for text in ["A", "AA", "AAA", "A===", "AB==", "AAB=", "AA=A", "AA A", "===="] {
            #expect(Base64.decode(text) == nil, "\(text)")
        }
        #expect(Base64.encode(Array("foobar".utf8)) == "Zm9vYmFy")
    }
}
