using System.Buffers;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;

namespace Mempulse.Builder.Signing;

/// <summary>The value of <c>X-Flashbots-Signature</c>: the account, a colon, and its signature over the body.</summary>
/// <remarks>The signed message is the text "0x" and 64 lower-case digits of the body's Keccak-256, signed as EIP-191 says. flashbots-docs, "Authentication".</remarks>
public static class RelaySignature
{
    private const int AddressChars = 2 + (2 * Address.Size);
    private const int SignatureBytes = 65;
    private const int SignatureChars = 2 + (2 * SignatureBytes);

    /// <summary>What wallets add to the parity, as in Bitcoin's message signing.</summary>
    private const int ParityOffset = 27;

    /// <summary>Signs a body.</summary>
    public static string Sign(EcdsaSigner signer, ReadOnlySpan<byte> body)
    {
        var signature = signer.Sign(PersonalMessage.Digest(Keccak256.Hash(body).ToString()));
        Span<byte> bytes = stackalloc byte[SignatureBytes];
        signature.R.WriteBigEndian(bytes);
        signature.S.WriteBigEndian(bytes[UInt256.Size..]);
        bytes[^1] = (byte)(ParityOffset + signature.YParity);
        return $"{signer.Account}:0x{Convert.ToHexStringLower(bytes)}";
    }

    /// <summary>Checks a header against a body.</summary>
    /// <param name="header">The value. The account may have the capitals of EIP-55; the signature is in lower case.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <param name="recovery">Recovers signers.</param>
    /// <param name="account">The account that signed.</param>
    /// <returns>False if the value is malformed, or the account in it did not sign this body.</returns>
    public static bool TryVerify(string? header, ReadOnlySpan<byte> body, ISenderRecovery recovery, out Address account)
    {
        account = default;
        return header is { Length: AddressChars + 1 + SignatureChars }
            && header[AddressChars] == ':'
            && header.StartsWith("0x", StringComparison.Ordinal)
            && Address.TryParse(header[..AddressChars], out var claimed)
            && TryRead(header.AsSpan(AddressChars + 1), out var signature)
            && recovery.TryRecover(PersonalMessage.Digest(Keccak256.Hash(body).ToString()), signature, out account)
            && account == claimed;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out EcdsaSignature signature)
    {
        signature = default;
        Span<byte> bytes = stackalloc byte[SignatureBytes];
        if (!text.StartsWith("0x") || text[2..].ContainsAnyInRange('A', 'F') || Convert.FromHexString(text[2..], bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        int parity = bytes[^1] >= ParityOffset ? bytes[^1] - ParityOffset : bytes[^1];
        signature = new EcdsaSignature(UInt256.FromBigEndian(bytes[..UInt256.Size]), UInt256.FromBigEndian(bytes[UInt256.Size..^1]), (byte)parity);
        return parity <= 1;
    }
}
