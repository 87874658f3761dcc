using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mempulse.Ethereum.Signatures;

/// <summary>The functions of libsecp256k1 that recovery, signing and key agreement need, bound by address once per process.</summary>
/// <remarks>
/// Unsafe: each pointer below is to a span whose length is checked against the size stated in secp256k1.h, secp256k1_recovery.h or
/// secp256k1_ecdh.h, or to stack memory of that size. Thread-safe: the context is only read after its creation, which the library allows
/// from any number of threads. It lives as long as the process.
/// </remarks>
internal sealed unsafe class Secp256k1Library
{
    public const int CompactSignatureBytes = 64;
    public const int UncompressedKeyBytes = 65;
    public const int ScalarBytes = 32;
    private const int DigestBytes = 32;
    private const int OpaqueSignatureBytes = 65;
    private const int OpaqueKeyBytes = 64;
    private const string LibraryName = "libsecp256k1.so.1";

    /// <summary>SECP256K1_CONTEXT_VERIFY: required before 0.2, treated like SECP256K1_CONTEXT_NONE since.</summary>
    private const uint ContextVerify = 0x0101;
    private const uint Uncompressed = 0x0002;

    private readonly nint _context;
    private readonly delegate* unmanaged<nint, byte*, byte*, int, int> _parseCompact;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> _recover;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> _serialize;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> _sign;
    private readonly delegate* unmanaged<nint, byte*, int*, byte*, int> _serializeCompact;
    private readonly delegate* unmanaged<nint, byte*, byte*, nuint, int> _parseKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, delegate* unmanaged<byte*, byte*, byte*, void*, int>, void*, int> _agree;

    private Secp256k1Library(nint createContext, nint parseCompact, nint recover, nint serialize, nint library)
    {
        _context = ((delegate* unmanaged<uint, nint>)createContext)(ContextVerify);
        _parseCompact = (delegate* unmanaged<nint, byte*, byte*, int, int>)parseCompact;
        _recover = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)recover;
        _serialize = (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)serialize;
        _sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)Find(library, "secp256k1_ecdsa_sign_recoverable");
        _serializeCompact = (delegate* unmanaged<nint, byte*, int*, byte*, int>)Find(library, "secp256k1_ecdsa_recoverable_signature_serialize_compact");
        _parseKey = (delegate* unmanaged<nint, byte*, byte*, nuint, int>)Find(library, "secp256k1_ec_pubkey_parse");
        _agree = (delegate* unmanaged<nint, byte*, byte*, byte*, delegate* unmanaged<byte*, byte*, byte*, void*, int>, void*, int>)Find(library, "secp256k1_ecdh");
    }

    /// <summary>The library; null if it is not installed or lacks the recovery module.</summary>
    public static Secp256k1Library? Loaded { get; } = Load();

    /// <summary>Recovers the signer's key as 0x04, x, y; false if no key matches.</summary>
    /// <param name="digest">The signed digest, 32 bytes.</param>
    /// <param name="compact">The signature's r and s, 64 bytes.</param>
    /// <param name="recoveryId">The recovery id, 0 to 3.</param>
    /// <param name="key">Receives the key, 65 bytes.</param>
    public bool TryRecover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> compact, int recoveryId, Span<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestBytes, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfNotEqual(compact.Length, CompactSignatureBytes, nameof(compact));
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, UncompressedKeyBytes, nameof(key));
        byte* opaqueSignature = stackalloc byte[OpaqueSignatureBytes];
        byte* opaqueKey = stackalloc byte[OpaqueKeyBytes];
        nuint keyBytes = UncompressedKeyBytes;
        fixed (byte* digestAt = digest, compactAt = compact, keyAt = key)
        {
            return _parseCompact(_context, opaqueSignature, compactAt, recoveryId) == 1
                && _recover(_context, opaqueKey, opaqueSignature, digestAt) == 1
                && _serialize(_context, keyAt, &keyBytes, opaqueKey, Uncompressed) == 1;
        }
    }

    /// <summary>Signs in constant time, with the nonce of RFC 6979 and a low s; false if the key is not valid.</summary>
    /// <param name="digest">The digest, 32 bytes.</param>
    /// <param name="scalar">The private key, 32 bytes.</param>
    /// <param name="compact">Receives r and s, 64 bytes.</param>
    /// <param name="recoveryId">The recovery id, 0 to 3.</param>
    public bool TrySign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> scalar, Span<byte> compact, out int recoveryId)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestBytes, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfNotEqual(scalar.Length, ScalarBytes, nameof(scalar));
        ArgumentOutOfRangeException.ThrowIfNotEqual(compact.Length, CompactSignatureBytes, nameof(compact));
        recoveryId = 0;
        byte* opaqueSignature = stackalloc byte[OpaqueSignatureBytes];
        fixed (byte* digestAt = digest, scalarAt = scalar, compactAt = compact)
        fixed (int* idAt = &recoveryId)
        {
            return _sign is not null
                && _serializeCompact is not null
                && _sign(_context, opaqueSignature, digestAt, scalarAt, 0, 0) == 1
                && _serializeCompact(_context, compactAt, idAt, opaqueSignature) == 1;
        }
    }

    /// <summary>True if the library was built with its ECDH module.</summary>
    public bool CanAgree => _parseKey is not null && _agree is not null;

    /// <summary>Computes the x coordinate of scalar times key in constant time; false if either is not valid.</summary>
    /// <param name="scalar">The private key, 32 bytes.</param>
    /// <param name="key">The public key as 0x04, x, y, 65 bytes.</param>
    /// <param name="shared">Receives the x coordinate, 32 bytes.</param>
    public bool TryAgree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> key, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scalar.Length, ScalarBytes, nameof(scalar));
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, UncompressedKeyBytes, nameof(key));
        ArgumentOutOfRangeException.ThrowIfNotEqual(shared.Length, ScalarBytes, nameof(shared));
        byte* opaqueKey = stackalloc byte[OpaqueKeyBytes];
        fixed (byte* scalarAt = scalar, keyAt = key, sharedAt = shared)
        {
            return _parseKey(_context, opaqueKey, keyAt, UncompressedKeyBytes) == 1
                && _agree(_context, sharedAt, opaqueKey, scalarAt, &TakeX, null) == 1;
        }
    }

    /// <summary>Replaces the library's hash function, because devp2p uses x itself. The library passes x and y with 32 bytes each.</summary>
    [UnmanagedCallersOnly]
    private static int TakeX(byte* output, byte* x, byte* y, void* data)
    {
        Unsafe.CopyBlockUnaligned(output, x, ScalarBytes);
        return 1;
    }

    private static Secp256k1Library? Load() =>
        NativeLibrary.TryLoad(LibraryName, out nint library)
        && NativeLibrary.TryGetExport(library, "secp256k1_context_create", out nint create)
        && NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_recoverable_signature_parse_compact", out nint parse)
        && NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_recover", out nint recover)
        && NativeLibrary.TryGetExport(library, "secp256k1_ec_pubkey_serialize", out nint serialize)
            ? new Secp256k1Library(create, parse, recover, serialize, library)
            : null;

    private static nint Find(nint library, string name) => NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;
}
