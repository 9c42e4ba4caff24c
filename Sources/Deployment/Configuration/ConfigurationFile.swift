#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The configuration file: a JSON object of objects, read as dotted keys.
enum ConfigurationFile {
    /// The values of a file by dotted key, as texts.
    static func read(_ path: String) throws(ConfigurationError) -> [String: String] {
        let text: String?
        do {
            text = try SystemCalls.readFile(path, limit: 1 << 20)
        } catch {
            throw .unreadableFile(path: path, reason: "\(error)")
        }
        guard let text else { throw .unreadableFile(path: path, reason: "no such file") }
        let node: Node
        do {
            node = try JSONDecoder().decode(Node.self, from: Data(text.utf8))
        } catch {
            throw .unreadableFile(path: path, reason: "not a JSON object of texts, numbers, booleans and objects of these")
        }
        if let name = RepeatedName.first(in: text) { throw .repeatedName(path: path, name: name) }
        var values: [String: String] = [:]
        try flatten(node, name: "", path: path, into: &values)
        return values
    }

    private static func flatten(
        _ node: Node,
        name: String,
        path: String,
        into values: inout [String: String]
    ) throws(ConfigurationError) {
        switch node {
        case .value(let text):
            guard !name.isEmpty else { throw .unreadableFile(path: path, reason: "not a JSON object") }
            // `{"api.port": 1, "api": {"port": 2}}`
            guard values.updateValue(text, forKey: name) == nil else { throw .repeatedName(path: path, name: name) }
        case .object(let members):
            for (member, child) in members {
                try flatten(child, name: name.isEmpty ? member : name + "." + member, path: path, into: &values)
            }
        }
    }

    /// What may stand in the file: no arrays, no nulls.
    private enum Node: Decodable {
        case value(String)
        case object([String: Node])

        init(from decoder: any Decoder) throws {
            if let members = try? decoder.singleValueContainer().decode([String: Node].self) {
                self = .object(members)
                return
            }
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .value(flag ? "true" : "false")
            } else if let number = try? container.decode(Int.self) {
                self = .value(String(number))
            } else {
                self = .value(try container.decode(String.self))
            }
        }
    }
}
