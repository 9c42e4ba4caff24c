/// The parts of a `postgres://` URL, percent-decoded.
///
/// Written by hand because the general parsers refuse lists of hosts.
struct PostgresURL {
    var hosts: [PostgresHost] = []
    var user = ""
    var password: String?
    var database = ""
    var options: [(key: String, value: String)] = []

    init(_ url: String) throws(PostgresError) {
        guard let scheme = ["postgres://", "postgresql://"].first(where: { url.hasPrefix($0) }) else {
            throw PostgresError(.configuration, "a database URL starts with postgres://")
        }
        let (location, query) = Self.split(url.dropFirst(scheme.count), at: "?")
        let (authority, path) = Self.split(location, at: "/")
        database = try Self.decoded(path ?? "")
        // The last @: a password that is not percent-encoded may hold one.
        if let at = authority.lastIndex(of: "@") {
            let (name, secret) = Self.split(authority[..<at], at: ":")
            user = try Self.decoded(name)
            if let secret { password = try Self.decoded(secret) }
            try readHosts(authority[authority.index(after: at)...])
        } else {
            try readHosts(authority)
        }
        try readOptions(query ?? "")
        if user.isEmpty { throw PostgresError(.configuration, "the database URL names no user") }
        if database.isEmpty { database = user }
        if hosts.isEmpty { throw PostgresError(.configuration, "the database URL names no host") }
    }

    private mutating func readHosts(_ list: Substring) throws(PostgresError) {
        guard !list.isEmpty else { return }
        for item in list.split(separator: ",", omittingEmptySubsequences: false) {
            hosts.append(try Self.host(item))
        }
    }

    private static func host(_ item: Substring) throws(PostgresError) -> PostgresHost {
        var name = item
        var port: Substring?
        if item.hasPrefix("[") {
            guard let end = item.firstIndex(of: "]") else { throw PostgresError(.configuration, "an IPv6 host in the database URL has no ]") }
            name = item[item.index(after: item.startIndex)..<end]
            let rest = item[item.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw PostgresError(.configuration, "text after ] in the database URL") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            (name, port) = split(item, at: ":")
        }
        let text = try decoded(name)
        guard !text.isEmpty else { throw PostgresError(.configuration, "a host in the database URL is empty") }
        return PostgresHost(name: text, port: try port.map(Self.port) ?? 5432)
    }

    private static func port(_ text: Substring) throws(PostgresError) -> UInt16 {
        guard let port = UInt16(text), port > 0 else { throw PostgresError(.configuration, "a port in the database URL is not from 1 to 65535") }
        return port
    }

    private mutating func readOptions(_ query: Substring) throws(PostgresError) {
        for item in query.split(separator: "&") {
            let (key, value) = Self.split(item, at: "=")
            guard let value else { throw PostgresError(.configuration, "a key in the database URL has no value") }
            let option = (key: try Self.decoded(key), value: try Self.decoded(value))
            if options.contains(where: { $0.key == option.key }) {
                throw PostgresError(.configuration, "\(option.key) is in the database URL twice")
            }
            options.append(option)
        }
        guard let name = options.first(where: { $0.key == "host" })?.value else {
            if options.contains(where: { $0.key == "port" }) { throw PostgresError(.configuration, "port= goes with host= in the database URL") }
            return
        }
        guard hosts.isEmpty, !name.isEmpty else { throw PostgresError(.configuration, "host= goes with an empty host in the database URL") }
        let port = try options.first { $0.key == "port" }.map { (option) throws(PostgresError) in try Self.port(option.value[...]) }
        hosts = [PostgresHost(name: name, port: port ?? 5432)]
    }

    private static func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func decoded(_ text: Substring) throws(PostgresError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            // A sign and a digit are a number as well.
            guard rest.count >= 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16), value != 0 else {
                throw PostgresError(.configuration, "a percent escape in the database URL is not two hexadecimal digits")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw PostgresError(.configuration, "the database URL is not UTF-8") }
        return text
    }
}
