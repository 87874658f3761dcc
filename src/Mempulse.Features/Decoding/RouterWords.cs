using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>The recipients that Uniswap's routers replace by another account.</summary>
/// <remarks>Source: <see href="https://github.com/Uniswap/universal-router">universal-router</see>, <c>ActionConstants</c>.</remarks>
internal static class RouterWords
{
    /// <summary><c>MSG_SENDER</c>.</summary>
    public static Address Sender { get; } = Address.Parse("0x0000000000000000000000000000000000000001");

    /// <summary><c>ADDRESS_THIS</c>.</summary>
    public static Address Router { get; } = Address.Parse("0x0000000000000000000000000000000000000002");
}
