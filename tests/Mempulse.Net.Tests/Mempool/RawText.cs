using System.Text.Json;
using Mempulse.Net.Mempool;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>The bytes of a transaction object of a node.</summary>
internal static class RawText
{
    public static byte[] Of(JsonElement transaction) => BodyText.Encode(transaction, new ChainId(1), out _)!;
}
