extension MailMessage {
    /// How many ids `References` keeps: the first, which names the conversation, and the newest.
    private static let maximumReferences = 20

    /// The message as it is sent: headers, a blank line, the encoded text; ASCII, every line ending in CRLF.
    public func rendered() -> [UInt8] {
        let body = MailBody(text)
        var headers = ""
        headers += HeaderText.fold(name: "Date", words: [MailDate.text(date)])
        headers += HeaderText.fold(name: "From", words: from.headerWords)
        headers += HeaderText.fold(name: "To", words: MailMessage.list(to))
        if let replyTo {
            headers += HeaderText.fold(name: "Reply-To", words: replyTo.headerWords)
        }
        headers += HeaderText.fold(name: "Subject", words: HeaderText.unstructured(subject))
        headers += HeaderText.fold(name: "Message-ID", words: [id.headerWord])
        if let last = references.last {
            headers += HeaderText.fold(name: "In-Reply-To", words: [last.headerWord])
            let kept =
                references.count > MailMessage.maximumReferences
                ? [references[0]] + references.suffix(MailMessage.maximumReferences - 1) : references
            headers += HeaderText.fold(name: "References", words: kept.map(\.headerWord))
        }
        if origin != .person {
            headers += HeaderText.fold(name: "Auto-Submitted", words: [origin.rawValue])
        }
        headers += "MIME-Version: 1.0\r\n"
        headers += "Content-Type: text/plain; charset=utf-8\r\n"
        headers += "Content-Transfer-Encoding: \(body.transferEncoding)\r\n"
        return Array(headers.utf8) + "\r\n".utf8 + body.bytes
    }

    private static func list(_ mailboxes: [Mailbox]) -> [String] {
        var words: [String] = []
        for (index, mailbox) in mailboxes.enumerated() {
            var own = mailbox.headerWords
            if index < mailboxes.count - 1, let last = own.popLast() {
                own.append(last + ",")
            }
            words += own
        }
        return words
    }
}
