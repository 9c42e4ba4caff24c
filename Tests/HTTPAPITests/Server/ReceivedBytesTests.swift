import Testing

@testable import HTTPAPI

/// What is told from a request with an unknown method.
@Suite struct ReceivedBytesTests {
    @Test(
        "A token, a space, a target and a version, or as much of it as has come",
        arguments: [
            "", "F", "FOO", "FOO ", "FOO /a", "FOO /a HTTP/1.1\r\nHost: a\r\n", "FOO /a HTTP/1.0\nHost: a", "\r\n\r\nFOO * HTTP/1.1\r\n",
            "X-Y_1! /a HTTP/9.9\r",
        ]
    )
    func requests(text: String) {
        #expect(ReceivedBytes.mayBeRequest(Array(text.utf8)))
    }

    @Test(
        "Anything else is none",
        arguments: [
            "\u{16}\u{3}\u{1}", "\u{0}", " FOO /a HTTP/1.1", "SSH-2.0-x\r\n", "FOO\r\n", "FOO\t/a HTTP/1.1\r\n", "PING\n", "*1\r\n$4\r\nPING\r\n",
            "EHLO a.example\r\n", "FOO /a\r\n", "FOO /a HTTP/1\r\n", "FOO /a HTTP/a.1\r\n", "FOO /a http/1.1\r\n", "FÖÖ /a HTTP/1.1\r\n",
            "PROXY TCP4 10.0.0.1 10.0.0.2 4711 80\r\nGET / HTTP/1.1\r\n",
        ]
    )
    func others(text: String) {
        #expect(!ReceivedBytes.mayBeRequest(Array(text.utf8)))
    }
}
