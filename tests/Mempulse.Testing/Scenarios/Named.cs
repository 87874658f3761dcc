using System.Security.Cryptography;
using System.Text;
using Mempulse.Primitives;

namespace Mempulse.Testing.Scenarios;

/// <summary>Ids derived from names, so that a story is readable.</summary>
public static class Named
{
    /// <summary>The hash of a transaction.</summary>
    public static Hash256 Tx(string name) => new(Digest("tx:" + name));

    /// <summary>The hash of a block.</summary>
    public static Hash256 Block(string name) => new(Digest("block:" + name));

    /// <summary>An account.</summary>
    public static Address Account(string name) => new(Digest("account:" + name).AsSpan(0, Address.Size));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
