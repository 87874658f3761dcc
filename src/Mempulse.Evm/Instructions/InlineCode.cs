namespace Mempulse.Evm.Instructions;

/// <summary>How the loop executes an instruction: inline, or through the table.</summary>
/// <remarks>Dense and fewer than the opcodes, so that the loop's switch is one jump through a small table.</remarks>
internal enum InlineCode : byte
{
    /// <summary>Not inline: the loop calls <see cref="Instruction.Run"/>.</summary>
    None = 0,
    Add,
    Mul,
    Sub,
    Lt,
    Gt,
    Eq,
    IsZero,
    And,
    Or,
    Xor,
    Not,
    Shl,
    Shr,
    Pop,

    /// <summary>MLOAD within existing memory; through the table when memory has to be expanded.</summary>
    MLoad,

    /// <summary>MSTORE within existing memory; through the table when memory has to be expanded.</summary>
    MStore,
    Jump,
    JumpI,
    JumpDest,
    Push0,
    Push1,

    /// <summary>PUSH2 to PUSH8; <see cref="Instruction.Operand"/> is the number of bytes.</summary>
    PushLimb,

    /// <summary>PUSH9 to PUSH32; <see cref="Instruction.Operand"/> is the number of bytes.</summary>
    PushWord,

    /// <summary>DUP1 to DUP16; <see cref="Instruction.Operand"/> is the number of the word, 1 being the top.</summary>
    Dup,

    /// <summary>SWAP1 to SWAP16; <see cref="Instruction.Operand"/> is the number of the word, 2 being the one below the top.</summary>
    Swap,

    // The groups of Bytecode.FusedCode.
    PushJump,
    PushJumpI,
    IsZeroJumpI,
    EqJumpI,
    SelectorJumpI,
    PopJump,
    DupMLoad,
    DupMStore,
    PopPop,
    DupDup,
    DupPush,
    DupAdd,
    PushDup,
    PushPush,
    PushAdd,
    SwapPop,
    SwapSwap,
    SwapDup,
}
