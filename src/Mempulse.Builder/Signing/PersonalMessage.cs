using System.Globalization;
using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Builder.Signing;

/// <summary>The digest that a wallet signs for a message (EIP-191, version 0x45).</summary>
internal static class PersonalMessage
{
    /// <summary>Keccak-256 of the prefix, the length of the message in decimal digits, and the message.</summary>
    public static Hash256 Digest(string message) => Keccak256.Hash(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\u0019Ethereum Signed Message:\n{Encoding.UTF8.GetByteCount(message)}{message}")));
}
