namespace Mempulse.Evm.Frames;

/// <summary>What an instruction left behind: go on, hand over, or the end of its frame.</summary>
public enum Status
{
    /// <summary>The next instruction.</summary>
    Continue = 0,

    /// <summary>A call is prepared and has to be made.</summary>
    Call = 1,

    /// <summary>A creation is prepared and has to be made.</summary>
    Create = 2,

    /// <summary>STOP, or the end of the code.</summary>
    Stop = 3,

    /// <summary>RETURN.</summary>
    Return = 4,

    /// <summary>SELFDESTRUCT.</summary>
    SelfDestruct = 5,

    /// <summary>REVERT: changes are taken back, gas that is left is not lost.</summary>
    Revert = 6,

    /// <summary>Halt: gas did not suffice.</summary>
    OutOfGas = 7,

    /// <summary>Halt: an instruction took more words than there were.</summary>
    StackUnderflow = 8,

    /// <summary>Halt: more than 1024 words.</summary>
    StackOverflow = 9,

    /// <summary>Halt: no such instruction in this fork.</summary>
    InvalidInstruction = 10,

    /// <summary>Halt: a jump to something that is no JUMPDEST.</summary>
    InvalidJump = 11,

    /// <summary>Halt: a change within a static call (EIP-214).</summary>
    StaticViolation = 12,

    /// <summary>Halt: RETURNDATACOPY beyond the end (EIP-211).</summary>
    ReturnDataOutOfBounds = 13,

    /// <summary>Halt: deployed code too long (EIP-170).</summary>
    CodeTooLarge = 14,

    /// <summary>Halt: deployed code begins with 0xEF (EIP-3541).</summary>
    CodePrefixRejected = 15,

    /// <summary>Halt: initcode too long (EIP-3860).</summary>
    InitcodeTooLarge = 16,

    /// <summary>Halt: the address of a new contract is taken (EIP-684, EIP-7610).</summary>
    AddressCollision = 17,

    /// <summary>A precompile refused its input.</summary>
    PrecompileFailed = 18,

    /// <summary>The call was not made: 1024 frames deep.</summary>
    CallTooDeep = 19,

    /// <summary>The call was not made: the caller has less than it wants to send.</summary>
    BalanceTooLow = 20,

    /// <summary>The creation was not made: the creator's nonce is at its end (EIP-2681).</summary>
    NonceAtEnd = 21,

    /// <summary>The run ends: the state reader did not know something.</summary>
    StateMissing = 22,

    /// <summary>The run ends: a limit of the caller's was reached.</summary>
    LimitExceeded = 23,
}
