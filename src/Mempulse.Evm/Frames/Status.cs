namespace Mempulse.Evm.Frames;

/// <summary>The result of an instruction: continue, start a call or creation, or end the frame.</summary>
public enum Status
{
    /// <summary>Execution continues with the next instruction.</summary>
    Continue = 0,

    /// <summary>The instruction requests a call.</summary>
    Call = 1,

    /// <summary>The instruction requests a creation.</summary>
    Create = 2,

    /// <summary>STOP, or the end of the code.</summary>
    Stop = 3,

    /// <summary>RETURN.</summary>
    Return = 4,

    /// <summary>SELFDESTRUCT.</summary>
    SelfDestruct = 5,

    /// <summary>REVERT: state changes are reverted, and the remaining gas is returned.</summary>
    Revert = 6,

    /// <summary>Exceptional halt: out of gas.</summary>
    OutOfGas = 7,

    /// <summary>Exceptional halt: too few words on the stack.</summary>
    StackUnderflow = 8,

    /// <summary>Exceptional halt: more than 1,024 words on the stack.</summary>
    StackOverflow = 9,

    /// <summary>Exceptional halt: the opcode is not defined in this fork, or is INVALID.</summary>
    InvalidInstruction = 10,

    /// <summary>Exceptional halt: the jump destination is not a JUMPDEST.</summary>
    InvalidJump = 11,

    /// <summary>Exceptional halt: a state change inside a static call (EIP-214).</summary>
    StaticViolation = 12,

    /// <summary>Exceptional halt: RETURNDATACOPY beyond the end of the return data (EIP-211).</summary>
    ReturnDataOutOfBounds = 13,

    /// <summary>Exceptional halt: the deployed code is too long (EIP-170).</summary>
    CodeTooLarge = 14,

    /// <summary>Exceptional halt: the deployed code starts with 0xEF (EIP-3541).</summary>
    CodePrefixRejected = 15,

    /// <summary>Exceptional halt: the initcode is too long (EIP-3860).</summary>
    InitcodeTooLarge = 16,

    /// <summary>Exceptional halt: the address of the new contract is in use (EIP-684, EIP-7610).</summary>
    AddressCollision = 17,

    /// <summary>The precompile rejected its input.</summary>
    PrecompileFailed = 18,

    /// <summary>The call did not start: the caller is at depth 1,024.</summary>
    CallTooDeep = 19,

    /// <summary>The call did not start: the caller's balance is below the value.</summary>
    BalanceTooLow = 20,

    /// <summary>The creation did not start: the creator's nonce is at its maximum (EIP-2681).</summary>
    NonceAtEnd = 21,

    /// <summary>The run ends: a part of the state is missing.</summary>
    StateMissing = 22,

    /// <summary>The run ends: a limit of <see cref="RunLimits"/> was reached.</summary>
    LimitExceeded = 23,
}
