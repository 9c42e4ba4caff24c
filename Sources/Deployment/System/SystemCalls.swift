import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Small files and directories with exact modes and owners, which the portable file interfaces do not give.
enum SystemCalls {
    /// Makes a directory and its missing parents. An existing directory keeps its mode.
    static func makeDirectory(_ path: String, mode: mode_t) throws(SystemError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            made += component
            if mkdir(made, mode) != 0, errno != EEXIST {
                throw SystemError(operation: "making the directory", path: made, code: errno)
            }
            made += "/"
        }
    }

    static func changeOwner(of path: String, to account: ServerAccount) throws(SystemError) {
        guard chown(path, account.userID, account.groupID) == 0 else {
            throw SystemError(operation: "changing the owner of", path: path, code: errno)
        }
    }

    static func move(_ from: String, to path: String) throws(SystemError) {
        guard rename(from, path) == 0 else {
            throw SystemError(operation: "renaming to", path: path, code: errno)
        }
    }

    /// The whole of a small file as text, or nil where there is none. Reads no more than `limit` bytes.
    static func readFile(_ path: String, limit: Int = 65_536) throws(SystemError) -> String? {
        try readBytes(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a small file, or nil where there is none. Reads no more than `limit` bytes.
    static func readBytes(_ path: String, limit: Int) throws(SystemError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemError(operation: "opening", path: path, code: errno)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let received = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: count), limit - count) }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw SystemError(operation: "reading", path: path, code: errno) }
            if received == 0 { break }
            count += received
        }
        return Array(bytes[..<count])
    }

    /// Writes a small file so that a crash leaves the old one or the new one, never a part: new name, fsync, rename.
    static func writeFile(_ path: String, _ text: String, mode: mode_t) throws(SystemError) {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw SystemError(operation: "creating", path: draft, code: errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let written = write(descriptor, bytes, bytes.count)
        guard written == bytes.count, fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw SystemError(operation: "writing", path: draft, code: errno)
        }
        try move(draft, to: path)
    }

    /// Removes a file; one that is not there is fine.
    static func removeFile(_ path: String) {
        unlink(path)
    }

    /// Removes the pid file of a server that no longer runs. The caller has made sure that none of its processes is left: while one
    /// is, this file is what keeps a second server off the same data.
    static func removeStale(_ pidFile: String) throws(SystemError) {
        guard unlink(pidFile) == 0 || errno == ENOENT else { throw SystemError(operation: "removing", path: pidFile, code: errno) }
    }

    /// Removes a directory with everything below it, following no symbolic links; one that is not there is fine.
    static func removeTree(_ path: String) throws(SystemError) {
        guard exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw SystemError(operation: "removing", path: path, code: EIO)
        }
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// The path without symbolic links, of something that exists.
    static func realPath(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else { throw SystemError(operation: "resolving", path: path, code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
