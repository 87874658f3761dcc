using Mempulse.Evm.Frames;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.TraceJson;

/// <summary>Error texts of failed calls, in the wording of geth that other tools match; they are part of trace digests.</summary>
internal static class FailureText
{
    /// <summary>Returns the error text of a failed transaction.</summary>
    public static string Of(TxExecution execution) => execution switch
    {
        TxExecution.Invalid => "invalid transaction",
        TxExecution.StateMissing => Of(Status.StateMissing),
        TxExecution.LimitExceeded => Of(Status.LimitExceeded),
        TxExecution.Executed executed => Of(executed.Status),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Of(Status status) => status switch
    {
        Status.Revert => "execution reverted",
        Status.OutOfGas => "out of gas",
        Status.StackUnderflow => "stack underflow",
        Status.StackOverflow => "stack limit reached",
        Status.InvalidInstruction => "invalid opcode",
        Status.InvalidJump => "invalid jump destination",
        Status.StaticViolation => "write protection",
        Status.ReturnDataOutOfBounds => "return data out of bounds",
        Status.CodeTooLarge => "max code size exceeded",
        Status.CodePrefixRejected => "invalid code: must not begin with 0xef",
        Status.InitcodeTooLarge => "max initcode size exceeded",
        Status.AddressCollision => "contract address collision",
        Status.PrecompileFailed => "precompile failed",
        Status.CallTooDeep => "max call depth exceeded",
        Status.BalanceTooLow => "insufficient balance for transfer",
        Status.NonceAtEnd => "nonce uint64 overflow",
        Status.StateMissing => "state missing",
        Status.LimitExceeded => "limit exceeded",
        _ => "failed",
    };
}
