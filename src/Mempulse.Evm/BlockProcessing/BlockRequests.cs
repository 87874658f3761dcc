using System.Security.Cryptography;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The requests of a block to the consensus layer, in ascending order of type; empty ones are excluded.</summary>
/// <remarks><see href="https://eips.ethereum.org/EIPS/eip-7685"/></remarks>
internal sealed class BlockRequests
{
    private readonly List<ReadOnlyMemory<byte>> _requests = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> All => _requests;

    public void Add(byte type, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty)
        {
            _requests.Add((byte[])[type, .. content]);
        }
    }

    /// <summary>Computes the requests hash: SHA-256 over the SHA-256 of each request.</summary>
    public Hash256 ComputeHash()
    {
        var hashes = new ByteBuffer();
        for (int i = 0; i < _requests.Count; i++)
        {
            hashes.Append(SHA256.HashData(_requests[i].Span));
        }

        return new Hash256(SHA256.HashData(hashes.WrittenSpan));
    }
}
