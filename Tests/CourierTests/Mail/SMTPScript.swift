/// A mail server that behaves by default, with changes for each command.
struct SMTPScript: ScriptedDialogue {
    var greeting: [ScriptedAction] = [.send("220 mail.test ESMTP\r\n")]
    /// By verb, in upper case; `.` is the end of the message, `CONTENT` its first line, `TOKEN` a line that is no command.
    var answers: [String: [ScriptedAction]] = [:]
    /// What EHLO offers once TLS is on.
    var protectedEHLO: [ScriptedAction]?

    private static let defaults: [String: [ScriptedAction]] = [
        "EHLO": [.send("250-mail.test\r\n250-SIZE 1000000\r\n250 8BITMIME\r\n")],
        "HELO": [.send("250 mail.test\r\n")],
        "STARTTLS": [.send("220 go ahead\r\n"), .startTLS],
        "MAIL": [.send("250 2.1.0 ok\r\n")],
        "RCPT": [.send("250 2.1.5 ok\r\n")],
        "DATA": [.send("354 end with a dot\r\n")],
        ".": [.send("250 2.0.0 queued as 1\r\n")],
        "QUIT": [.send("221 bye\r\n"), .close],
    ]

    private var isInContent = false
    private var isProtected = false

    init(greeting: [ScriptedAction]? = nil, answers: [String: [ScriptedAction]] = [:], protectedEHLO: [ScriptedAction]? = nil) {
        self.greeting = greeting ?? self.greeting
        self.answers = answers
        self.protectedEHLO = protectedEHLO
    }

    mutating func connected() -> [ScriptedAction] { greeting }

    mutating func received(line: String) -> [ScriptedAction] {
        if isInContent {
            isInContent = line != "."
            return isInContent ? answers.removeValue(forKey: "CONTENT") ?? [] : answer(".")
        }
        let verb = String(line.prefix { $0 != " " && $0 != ":" }).uppercased()
        if verb == "EHLO", isProtected, let protectedEHLO { return protectedEHLO }
        guard answers[verb] != nil || SMTPScript.defaults[verb] != nil else { return answer("TOKEN") }
        let actions = answer(verb)
        if case .send(let text)? = actions.first {
            isInContent = verb == "DATA" && text.hasPrefix("354")
            isProtected = isProtected || verb == "STARTTLS" && text.hasPrefix("220")
        }
        return actions
    }

    private func answer(_ verb: String) -> [ScriptedAction] {
        answers[verb] ?? SMTPScript.defaults[verb] ?? [.send("500 what?\r\n")]
    }
}
