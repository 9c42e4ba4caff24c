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
    /// Bounded by the number of files in the database: unknown names are not kept.
    private let known = Mutex<[String: TimeZoneRules]>([:])

    public init(directory: String = ZoneFiles.systemDirectory) {
        self.directory = directory
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
