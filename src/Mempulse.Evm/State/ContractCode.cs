using System.Runtime.CompilerServices;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Code with what execution wants to know of it; made once, used by any number of runs.</summary>
/// <remarks>Jump destinations are found on the first jump. Not to be shared between threads before that: the worst is that two find the same.</remarks>
public sealed class ContractCode
{
    /// <summary>Zeros behind the code, which read as STOP: a PUSH32 at the very end needs no check.</summary>
    internal const int PaddingBytes = 33;

    private const byte JumpDest = 0x5b;
    private const byte Push1 = 0x60;
    private const byte Push32 = 0x7f;

    private readonly byte[] _padded;
    private ulong[]? _jumpDestinations;

    /// <summary>Copies the code.</summary>
    /// <param name="code">Its bytes.</param>
    /// <param name="hash">Their Keccak-256.</param>
    public ContractCode(ReadOnlySpan<byte> code, Hash256 hash)
    {
        Hash = hash;
        Length = code.Length;
        _padded = new byte[code.Length + PaddingBytes];
        code.CopyTo(_padded);
    }

    /// <summary>No code.</summary>
    public static ContractCode Empty { get; } = new([], Keccak256.OfNothing);

    /// <summary>Keccak-256 of the code; zero for initcode, which nobody asks for the hash of.</summary>
    public Hash256 Hash { get; }

    /// <summary>Length in bytes.</summary>
    public int Length { get; }

    /// <summary>The code.</summary>
    public ReadOnlySpan<byte> Bytes => _padded.AsSpan(0, Length);

    /// <summary>The code and the zeros behind it.</summary>
    internal byte[] Padded => _padded;

    /// <summary>Code of these bytes, hashed here.</summary>
    public static ContractCode Of(ReadOnlySpan<byte> code) => code.IsEmpty ? Empty : new ContractCode(code, Keccak256.Hash(code));

    /// <summary>The account this one runs the code of, when the code is a delegation of EIP-7702.</summary>
    public bool TryGetDelegate(out Address target)
    {
        if (Length != Delegation.Bytes || !Bytes.StartsWith(Delegation.Prefix))
        {
            target = default;
            return false;
        }

        target = new Address(Bytes[Delegation.Prefix.Length..]);
        return true;
    }

    /// <summary>Moves <paramref name="pc"/> to <paramref name="target"/>; false when no jump may land there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryJump(in UInt256 target, ref int pc)
    {
        if (!target.FitsUInt64 || target.LowUInt64 >= (ulong)(uint)Length || !IsJumpDestination((uint)target.LowUInt64))
        {
            return false;
        }

        pc = (int)target.LowUInt64;
        return true;
    }

    /// <summary>True when a jump may land at <paramref name="position"/>: a JUMPDEST that is not data of a PUSH.</summary>
    private bool IsJumpDestination(uint position)
    {
        var destinations = _jumpDestinations ??= FindJumpDestinations();
        return position < (uint)Length && ((destinations[position >> 6] >> (int)(position & 63)) & 1) != 0;
    }

    private ulong[] FindJumpDestinations()
    {
        var destinations = new ulong[(Length >> 6) + 1];
        for (int i = 0; i < Length; i++)
        {
            byte instruction = _padded[i];
            if (instruction == JumpDest)
            {
                destinations[i >> 6] |= 1UL << (i & 63);
            }
            else if (instruction is >= Push1 and <= Push32)
            {
                i += instruction - Push1 + 1;
            }
        }

        return destinations;
    }
}
