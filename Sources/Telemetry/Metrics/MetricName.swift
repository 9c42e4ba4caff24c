/// Makes names fit Prometheus' rules: metrics `[a-zA-Z_:][a-zA-Z0-9_:]*`, labels `[a-zA-Z_][a-zA-Z0-9_]*`.
enum MetricName {
    /// `http.server.requests` → `http_server_requests`, with a unit or type suffix where it lacks one.
    static func metric(_ label: String, suffix: String = "") -> String {
        let name = sanitised(label, allowsColon: true)
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    static func label(_ name: String) -> String {
        sanitised(name, allowsColon: false)
    }

    private static func sanitised(_ text: String, allowsColon: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if bytes.isEmpty {
                    bytes.append(UInt8(ascii: "_"))
                }
                bytes.append(byte)
            case UInt8(ascii: ":") where allowsColon:
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "_"))
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
