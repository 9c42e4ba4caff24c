public import Domain
import Synchronization

/// The operating system's time zone database: one TZif file a zone below `/usr/share/zoneinfo` (Debian's package tzdata).
///
/// A zone is read once and kept. Zone names come from tenants, so a name is checked before it becomes part of a path.
public final class ZoneFiles: TimeZoneSource {
    /// Where Debian and most other systems keep the database.
    public static let systemDirectory = "/usr/share/zoneinfo"
    /// The largest file of the database has about 4 KiB.
    private static let sizeLimit = 65_536

    private let directory: String
    /// The release of the database as its own files give it: the first line of `tzdata.zi` ("# version 2025b"), else the file `+VERSION`. Read once, as
    /// zones are: a new package is taken over when the process starts again.
    public let databaseVersion: String?
    /// Bounded by the number of files in the database: unknown names are not kept.
    private let known = Mutex<[String: TimeZoneRules]>([:])

    public init(directory: String = ZoneFiles.systemDirectory) {
        self.directory = directory
        databaseVersion = Self.version(in: directory)
    }

    public func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
        if let rules = known.withLock({ $0[name] }) { return rules }
        guard Self.isZoneName(name) else { throw .unknown(String(name.prefix(64))) }
        let bytes: [UInt8]?
        do {
            bytes = try SystemCalls.readBytes(directory + "/" + name, limit: Self.sizeLimit)
        } catch {
            // Directories such as "Europe" end up here as well.
            throw .unknown(name)
        }
        guard let bytes else { throw .unknown(name) }
        let rules = try TimeZoneRules(tzif: bytes)
        known.withLock { $0[name] = rules }
        return rules
    }

    private static func version(in directory: String) -> String? {
        let source = (try? SystemCalls.readBytes(directory + "/tzdata.zi", limit: 128)) ?? nil
        let firstLine = source?.prefix { $0 != UInt8(ascii: "\n") }
        if let firstLine, let version = String(validating: firstLine, as: UTF8.self)?.split(separator: " ").last.map(String.init), isVersion(version) {
            return version
        }
        let file = (try? SystemCalls.readBytes(directory + "/+VERSION", limit: 64)) ?? nil
        let text = file.flatMap { String(validating: $0.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self) }
        return text.flatMap { isVersion($0) ? $0 : nil }
    }

    /// A year and a letter or two (`2025b`); a development release adds more after a hyphen.
    private static func isVersion(_ text: String) -> Bool {
        (5...32).contains(text.utf8.count) && text.utf8.prefix(4).allSatisfy(isDigit)
            && text.utf8.dropFirst(4).allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// Whether this is a name as the IANA database forms them: parts of letters, digits, `_`, `+` and `-`, each led by a letter, parted
    /// by single slashes. Nothing of this form leaves the directory.
    static func isZoneName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, isLetter(first) else { return false }
            return part.utf8.allSatisfy {
                isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
