import HTTPTypes

extension HTTPResponse.Status {
    /// 207 (RFC 4918 11.1): the body says what became of each part.
    static let multiStatus = HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status")
}
