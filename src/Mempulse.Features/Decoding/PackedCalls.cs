using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>Reads calls that are packed without the ABI.</summary>
/// <remarks>
/// Sources: <see href="https://github.com/safe-global/safe-smart-account">Safe, MultiSend</see>; <see href="https://eips.ethereum.org/EIPS/eip-7579">ERC-7579, execution modes</see>.
/// </remarks>
internal ref struct PackedCalls(ReadOnlySpan<byte> bytes, PackedForm form)
{
    private const int OperationBytes = 1;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Reads the next call.</summary>
    /// <param name="target">The contract that is called.</param>
    /// <param name="value">The ether that is sent.</param>
    /// <param name="offsetBytes">Where its calldata begins.</param>
    /// <param name="lengthBytes">Number of bytes of its calldata.</param>
    /// <returns>False at the end, or if the rest is not a call.</returns>
    public bool TryRead(out Address target, out UInt256 value, out int offsetBytes, out int lengthBytes)
    {
        (target, value, offsetBytes, lengthBytes) = (default, default, 0, 0);
        int start = _position + (form == PackedForm.MultiSend ? OperationBytes : 0);
        int head = start + Address.Size + AbiType.WordBytes;
        int content = head + (form == PackedForm.MultiSend ? AbiType.WordBytes : 0);
        if (_position >= _bytes.Length || content > _bytes.Length)
        {
            return false;
        }

        int length = _bytes.Length - content;
        if (form == PackedForm.MultiSend && !TryReadLength(_bytes.Slice(head, AbiType.WordBytes), ref length))
        {
            return false;
        }

        target = new Address(_bytes.Slice(start, Address.Size));
        value = UInt256.FromBigEndian(_bytes.Slice(start + Address.Size, AbiType.WordBytes));
        (offsetBytes, lengthBytes) = (content, length);
        _position = content + length;
        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> word, ref int length)
    {
        ulong stated = BinaryPrimitives.ReadUInt64BigEndian(word[24..]);
        if (word[..24].ContainsAnyExcept((byte)0) || stated > (ulong)length)
        {
            return false;
        }

        length = (int)stated;
        return true;
    }
}
