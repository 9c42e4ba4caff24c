public import Crypto

extension MasterKey {
    /// A key for another purpose, made from this one (HKDF, RFC 5869): what one purpose reveals says nothing about the others.
    public func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(purpose.utf8), outputByteCount: MasterKey.byteCount)
    }
}
