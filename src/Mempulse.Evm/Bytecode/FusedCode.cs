namespace Mempulse.Evm.Bytecode;

/// <summary>Opcodes of groups of instructions, in a range that no fork defines; they exist only in the copy of a code that the loop executes.</summary>
/// <remarks>
/// x and y are immediates; the comment of each group gives its instructions and, after the arrow, its bytes where they differ. A depth is a
/// number of words: 1 is the top.
/// </remarks>
internal static class FusedCode
{
    /// <summary>First of the range. A byte of the range in the original code is replaced by INVALID (EIP-141), which halts as it does.</summary>
    public const byte First = PushJump;

    /// <summary>PUSH2 x, JUMP with a valid destination.</summary>
    public const byte PushJump = 0xb0;

    /// <summary>PUSH2 x, JUMPI with a valid destination.</summary>
    public const byte PushJumpI = 0xb1;

    /// <summary>ISZERO, PUSH2 x, JUMPI with a valid destination.</summary>
    public const byte IsZeroJumpI = 0xb2;

    /// <summary>EQ, PUSH2 x, JUMPI with a valid destination.</summary>
    public const byte EqJumpI = 0xb3;

    /// <summary>DUP1, PUSH4 x, EQ, PUSH2 y, JUMPI with a valid destination: a case of a dispatch by function selector.</summary>
    public const byte SelectorJumpI = 0xb4;

    /// <summary>POP, JUMP.</summary>
    public const byte PopJump = 0xb5;

    /// <summary>POP, POP.</summary>
    public const byte PopPop = 0xb6;

    /// <summary>DUP, DUP: the byte after it holds both depths less one, first one high.</summary>
    public const byte DupDup = 0xb7;

    /// <summary>DUP, PUSH1 x: the byte after it is the depth.</summary>
    public const byte DupPush = 0xb8;

    /// <summary>DUP, ADD: the byte after it is the depth.</summary>
    public const byte DupAdd = 0xb9;

    /// <summary>DUP, MLOAD: the byte after it is the depth.</summary>
    public const byte DupMLoad = 0xba;

    /// <summary>DUP, MSTORE: the byte after it is the depth.</summary>
    public const byte DupMStore = 0xbb;

    /// <summary>PUSH1 x, DUP: the byte after x is the depth.</summary>
    public const byte PushDup = 0xbc;

    /// <summary>PUSH1 x, PUSH1 y.</summary>
    public const byte PushPush = 0xbd;

    /// <summary>PUSH1 x, ADD.</summary>
    public const byte PushAdd = 0xbe;

    /// <summary>SWAP, POP: the byte after it is the depth of the word that the top replaces.</summary>
    public const byte SwapPop = 0xbf;

    /// <summary>SWAP, SWAP: the byte after it holds both depths less two, first one high.</summary>
    public const byte SwapSwap = 0xc0;

    /// <summary>SWAP, DUP: the byte after it holds the depth less two of the first, high, and the depth less one of the second.</summary>
    public const byte SwapDup = 0xc1;

    /// <summary>Last of the range.</summary>
    public const byte Last = SwapDup;
}
