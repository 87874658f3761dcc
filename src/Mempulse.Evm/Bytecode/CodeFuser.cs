namespace Mempulse.Evm.Bytecode;

/// <summary>Rewrites code so that frequent groups of instructions take one step of the loop instead of several.</summary>
/// <remarks>
/// A group occupies the bytes of its instructions, so every position keeps its meaning for jumps, PC and CODECOPY, which read the original. No
/// group has a JUMPDEST in it, so no jump lands inside one. The loop executes the original instructions where a group cannot run as a whole.
/// </remarks>
internal readonly ref struct CodeFuser
{
    private const byte Add = 0x01;
    private const byte Eq = 0x14;
    private const byte IsZero = 0x15;
    private const byte Pop = 0x50;
    private const byte MLoad = 0x51;
    private const byte MStore = 0x52;
    private const byte Jump = 0x56;
    private const byte JumpI = 0x57;
    private const byte Push1 = 0x60;
    private const byte Push2 = 0x61;
    private const byte Push4 = 0x63;
    private const byte Push32 = 0x7f;
    private const byte Dup1 = 0x80;
    private const byte Dup16 = 0x8f;
    private const byte Swap1 = 0x90;
    private const byte Swap16 = 0x9f;
    private const byte Invalid = 0xfe;
    private const int SelectorBytes = 4;
    private const int TargetBytes = 2;
    private const int BitsOfDepth = 4;

    private readonly ReadOnlySpan<byte> _code;
    private readonly ReadOnlySpan<ulong> _jumpDestinations;
    private readonly Span<byte> _fused;

    private CodeFuser(ReadOnlySpan<byte> code, ReadOnlySpan<ulong> jumpDestinations, Span<byte> fused)
    {
        _code = code;
        _jumpDestinations = jumpDestinations;
        _fused = fused;
    }

    /// <summary>Returns the code with its groups.</summary>
    /// <param name="padded">The code, and at least as many zeros after it as the longest group has bytes.</param>
    /// <param name="length">Length of the code.</param>
    /// <param name="jumpDestinations">A bit for each valid jump destination.</param>
    public static byte[] Fuse(byte[] padded, int length, ReadOnlySpan<ulong> jumpDestinations)
    {
        byte[] fused = (byte[])padded.Clone();
        var fuser = new CodeFuser(padded, jumpDestinations, fused);
        for (int at = 0; at < length;)
        {
            at += fuser.FuseAt(at);
        }

        return fused;
    }

    /// <summary>Rewrites the group or instruction at a position, and returns its length.</summary>
    private int FuseAt(int at)
    {
        byte code = _code[at];
        switch (code)
        {
            case >= Push1 and <= Push32:
                int size = code - Push1 + 2;
                return code switch
                {
                    Push1 => FusePush1(at),
                    Push2 => FuseJump(at, at + size),
                    _ => size,
                };
            case >= Dup1 and <= Dup16:
                return code == Dup1 && IsSelectorJump(at) ? Group(at, FusedCode.SelectorJumpI, 1 + 1 + SelectorBytes + 1 + 1 + TargetBytes + 1) : FuseDup(at);
            case >= Swap1 and <= Swap16:
                return FuseSwap(at);
            case Pop:
                return _code[at + 1] switch
                {
                    Pop => Group(at, FusedCode.PopPop, 2),
                    Jump => Group(at, FusedCode.PopJump, 2),
                    _ => 1,
                };
            case IsZero or Eq when IsJumpI(at + 1):
                return Group(at, code == Eq ? FusedCode.EqJumpI : FusedCode.IsZeroJumpI, 1 + 1 + TargetBytes + 1);
            case >= FusedCode.First and <= FusedCode.Last:
                return Group(at, Invalid, 1);
            default:
                return 1;
        }
    }

    private int FusePush1(int at)
    {
        byte next = _code[at + 2];
        switch (next)
        {
            case Add:
                return Group(at, FusedCode.PushAdd, 3);
            case Push1:
                return Group(at, FusedCode.PushPush, 4);
            case >= Dup1 and <= Dup16:
                _fused[at + 2] = (byte)(next - Dup1 + 1);
                return Group(at, FusedCode.PushDup, 3);
            default:
                return 2;
        }
    }

    private int FuseJump(int at, int next) => _code[next] switch
    {
        Jump when IsDestination(at + 1) => Group(at, FusedCode.PushJump, next - at + 1),
        JumpI when IsDestination(at + 1) => Group(at, FusedCode.PushJumpI, next - at + 1),
        _ => next - at,
    };

    private int FuseDup(int at)
    {
        int depth = _code[at] - Dup1 + 1;
        byte next = _code[at + 1];
        return next switch
        {
            Add => Group(at, FusedCode.DupAdd, 2, depth),
            MLoad => Group(at, FusedCode.DupMLoad, 2, depth),
            MStore => Group(at, FusedCode.DupMStore, 2, depth),
            Push1 => Group(at, FusedCode.DupPush, 3, depth),
            >= Dup1 and <= Dup16 => Group(at, FusedCode.DupDup, 2, ((depth - 1) << BitsOfDepth) | (next - Dup1)),
            _ => 1,
        };
    }

    private int FuseSwap(int at)
    {
        int less = _code[at] - Swap1;
        byte next = _code[at + 1];
        return next switch
        {
            Pop => Group(at, FusedCode.SwapPop, 2, less + 2),
            >= Dup1 and <= Dup16 => Group(at, FusedCode.SwapDup, 2, (less << BitsOfDepth) | (next - Dup1)),
            >= Swap1 and <= Swap16 => Group(at, FusedCode.SwapSwap, 2, (less << BitsOfDepth) | (next - Swap1)),
            _ => 1,
        };
    }

    private bool IsSelectorJump(int at) =>
        _code[at + 1] == Push4 && _code[at + 2 + SelectorBytes] == Eq && IsJumpI(at + 2 + SelectorBytes + 1);

    /// <summary>True for PUSH2 and JUMPI with a valid destination.</summary>
    private bool IsJumpI(int at) => _code[at] == Push2 && _code[at + 1 + TargetBytes] == JumpI && IsDestination(at + 1);

    private bool IsDestination(int at)
    {
        int target = (_code[at] << 8) | _code[at + 1];
        return target >> 6 < _jumpDestinations.Length && ((_jumpDestinations[target >> 6] >> (target & 63)) & 1) != 0;
    }

    private int Group(int at, byte code, int size)
    {
        _fused[at] = code;
        return size;
    }

    private int Group(int at, byte code, int size, int operand)
    {
        _fused[at + 1] = (byte)operand;
        return Group(at, code, size);
    }
}
