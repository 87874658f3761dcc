using System.ComponentModel.DataAnnotations;
using Mempulse.Builder.Operators;

namespace Mempulse.Node.Options;

/// <summary>The account that acts: the section Mempulse:Operator. The key itself is in a file, or in the environment variable <see cref="OperatorKey.KeyVariable"/>; never here.</summary>
internal sealed record OperatorSettings
{
    /// <summary>The chain on which it acts. Default 1.</summary>
    [Range(typeof(ulong), "1", "9223372036854775807")]
    public ulong Chain { get; init; } = 1;

    /// <summary>The executor contract, which the operator owns; without it no bundle is made.</summary>
    public string? Executor { get; init; }

    /// <summary>The operator's account, for a node without its key. With a key it must be that of the key.</summary>
    public string? Account { get; init; }

    /// <summary>A key file of the Web3 Secret Storage.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file with its password; otherwise the password is in <see cref="OperatorKey.PasswordVariable"/>.</summary>
    public string? PasswordFile { get; init; }
}
