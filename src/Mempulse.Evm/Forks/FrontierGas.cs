namespace Mempulse.Evm.Forks;

/// <summary>The fee schedule of the Yellow Paper, appendix G, as of Frontier; later changes are in the file of their EIP.</summary>
/// <remarks><see href="https://ethereum.github.io/yellowpaper/paper.pdf"/></remarks>
public static class FrontierGas
{
    /// <summary>G_base.</summary>
    public const long Base = 2;

    /// <summary>G_verylow.</summary>
    public const long VeryLow = 3;

    /// <summary>G_low.</summary>
    public const long Low = 5;

    /// <summary>G_mid.</summary>
    public const long Mid = 8;

    /// <summary>G_high.</summary>
    public const long High = 10;

    /// <summary>G_jumpdest.</summary>
    public const long JumpDest = 1;

    /// <summary>BALANCE, EXTCODESIZE, EXTCODECOPY and BLOCKHASH.</summary>
    public const long Ext = 20;

    /// <summary>SLOAD.</summary>
    public const long Sload = 50;

    /// <summary>The CALL family.</summary>
    public const long Call = 40;

    /// <summary>G_callvalue: additional gas of a call that transfers value.</summary>
    public const long CallValue = 9_000;

    /// <summary>G_callstipend: gas that the callee receives in addition when value is transferred.</summary>
    public const long CallStipend = 2_300;

    /// <summary>G_newaccount: additional gas of a call that creates an account.</summary>
    public const long NewAccount = 25_000;

    /// <summary>G_create.</summary>
    public const long Create = 32_000;

    /// <summary>G_codedeposit: per byte of deployed code.</summary>
    public const long CodeDepositByte = 200;

    /// <summary>G_exp.</summary>
    public const long Exp = 10;

    /// <summary>G_expbyte: per byte of the exponent.</summary>
    public const long ExpByte = 10;

    /// <summary>G_keccak256.</summary>
    public const long Keccak = 30;

    /// <summary>G_keccak256word.</summary>
    public const long KeccakWord = 6;

    /// <summary>G_copy: per copied word.</summary>
    public const long CopyWord = 3;

    /// <summary>G_log.</summary>
    public const long Log = 375;

    /// <summary>G_logtopic.</summary>
    public const long LogTopic = 375;

    /// <summary>G_logdata: per byte of log data.</summary>
    public const long LogByte = 8;

    /// <summary>G_memory: linear cost per word of memory.</summary>
    public const long MemoryWord = 3;

    /// <summary>Divisor of the quadratic cost of memory: words squared over this.</summary>
    public const long MemoryQuadDivisor = 512;

    /// <summary>R_selfdestruct.</summary>
    public const long SelfDestructRefund = 24_000;

    /// <summary>The refund is at most the gas used divided by this.</summary>
    public const long MaxRefundQuotient = 2;

    /// <summary>Maximum call depth, inclusive; the outermost frame has depth 0.</summary>
    public const int MaxCallDepth = 1_024;

    /// <summary>Maximum number of words on the stack.</summary>
    public const int MaxStackWords = 1_024;

    /// <summary>Number of most recent blocks whose hash BLOCKHASH returns.</summary>
    public const ulong BlockHashWindow = 256;
}
