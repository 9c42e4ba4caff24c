public import Configuration
import Glibc

/// Reads the configuration: flags first, then the environment (`DOCKET_…`), then a JSON file, then the catalogue's defaults.
///
/// Every key and value is checked here, once, whatever its source; afterwards a `ConfigReader` only looks values up.
public enum ConfigurationLoader {
    /// The variable that names the file.
    static let fileVariable = "DOCKET_CONFIG"

    /// - Parameters:
    ///   - flags: values of command line flags, by dotted key.
    ///   - environment: all environment variables; those without the prefix are not looked at.
    ///   - file: the file's path; the environment variable `DOCKET_CONFIG` counts where this is nil.
    /// - Throws: ``ConfigurationError``.
    public static func load(
        flags: [String: String] = [:],
        environment: [String: String],
        file: String? = nil
    ) throws(ConfigurationError) -> ConfigReader {
        let providers = [
            try provider("flags", values(flags: flags)),
            try provider("environment", values(environment: environment)),
            try provider("file", values(file: file ?? environment[fileVariable])),
            try provider("defaults", defaults()),
        ]
        return ConfigReader(providers: providers)
    }

    /// The value as the key's kind wants it.
    static func content(_ text: String, for key: ConfigurationKey, source: String) throws(ConfigurationError) -> ConfigContent {
        func refuse(_ expected: String) -> ConfigurationError {
            .badValue(source: source, name: key.name, value: key.isSecret ? nil : text, expected: expected)
        }
        switch key.kind {
        case .text:
            guard !text.isEmpty else { throw refuse("a text that is not empty") }
            return .string(text)
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                throw refuse("a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return .int(number)
        case .oneOf(let allowed):
            guard allowed.contains(text) else { throw refuse("one of " + allowed.joined(separator: ", ")) }
            return .string(text)
        }
    }

    private static func provider(_ name: String, _ values: [ConfigurationKey: ConfigContent]) -> InMemoryProvider {
        var stored: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, content) in values {
            stored[AbsoluteConfigKey(ConfigKey(key.name))] = ConfigValue(content, isSecret: key.isSecret)
        }
        return InMemoryProvider(name: name, values: stored)
    }

    private static func values(flags: [String: String]) throws(ConfigurationError) -> [ConfigurationKey: ConfigContent] {
        var found: [ConfigurationKey: ConfigContent] = [:]
        for (name, text) in flags {
            guard let key = ConfigurationCatalogue.key(named: name) else { throw .unknownKey(source: "flags", name: name) }
            found[key] = try content(text, for: key, source: "flags")
        }
        return found
    }

    private static func values(environment: [String: String]) throws(ConfigurationError) -> [ConfigurationKey: ConfigContent] {
        var found: [ConfigurationKey: ConfigContent] = [:]
        // Sorted, so that of several mistakes it is always the same one that is reported.
        for (variable, text) in environment.sorted(by: { $0.key < $1.key })
        where variable.hasPrefix(ConfigurationCatalogue.environmentPrefix) && variable != fileVariable
            && !variable.hasPrefix(ConfigurationCatalogue.ignoredEnvironmentPrefix)
        {
            guard let (key, fromFile) = ConfigurationCatalogue.key(ofVariable: variable) else {
                throw .unknownKey(source: "environment", name: variable)
            }
            guard found[key] == nil else { throw .givenTwice(source: "environment", name: key.environmentName) }
            found[key] = try content(fromFile ? secret(at: text) : text, for: key, source: "environment")
        }
        return found
    }

    private static func values(file path: String?) throws(ConfigurationError) -> [ConfigurationKey: ConfigContent] {
        guard let path else { return [:] }
        var found: [ConfigurationKey: ConfigContent] = [:]
        for (name, text) in try ConfigurationFile.read(path).sorted(by: { $0.key < $1.key }) {
            if let key = ConfigurationCatalogue.key(named: name) {
                guard found[key] == nil else { throw .givenTwice(source: path, name: name) }
                found[key] = try content(text, for: key, source: path)
            } else if name.hasSuffix("_file"), let key = ConfigurationCatalogue.key(named: String(name.dropLast(5))), key.isSecret {
                guard found[key] == nil else { throw .givenTwice(source: path, name: key.name) }
                found[key] = try content(secret(at: text), for: key, source: path)
            } else {
                throw .unknownKey(source: path, name: name)
            }
        }
        return found
    }

    private static func defaults() throws(ConfigurationError) -> [ConfigurationKey: ConfigContent] {
        var found: [ConfigurationKey: ConfigContent] = [:]
        for key in ConfigurationCatalogue.keys {
            guard let value = key.defaultValue else { continue }
            found[key] = try content(value, for: key, source: "defaults")
        }
        return found
    }

    /// A secret from a file of its own, as systemd credentials and container secrets are given; the last line break is not part of it.
    private static func secret(at path: String) throws(ConfigurationError) -> String {
        let text: String?
        do {
            text = try SystemCalls.readFile(path)
        } catch {
            throw .unreadableFile(path: path, reason: "\(error)")
        }
        guard let text else { throw .unreadableFile(path: path, reason: "no such file") }
        // CR LF is one character.
        return text.last == "\n" || text.last == "\r\n" ? String(text.dropLast()) : text
    }
}
