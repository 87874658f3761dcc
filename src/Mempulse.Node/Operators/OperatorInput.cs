using Mempulse.Builder.Operators;
using Mempulse.Grains.Bundles;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Operators;

/// <summary>Reads the operator: its account, its executor, its key.</summary>
internal static class OperatorInput
{
    /// <summary>The operator; null without an executor.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="NodeUsageException">A setting, the key or its file is not valid.</exception>
    public static OperatorPlan? Of(OperatorSettings settings, Func<string, string?> environment)
    {
        var key = KeyOf(settings, environment);
        if (settings.Executor is not { Length: > 0 } executor)
        {
            return settings.KeyFile is null ? null
                : throw new NodeUsageException("Mempulse:Operator has a key file and no Executor. Set Mempulse:Operator:Executor to the contract that the operator owns; mempulse executor deploy deploys it.");
        }

        var account = settings.Account is { Length: > 0 } text ? AddressOf(text, "Account") : key?.Account
            ?? throw new NodeUsageException($"Mempulse:Operator has an Executor, but neither a key nor an Account. Set KeyFile, put the key into {OperatorKey.KeyVariable}, or set Account.");
        return key is not null && key.Account != account
            ? throw new NodeUsageException($"The operator's key is that of {key.Account}, not of {account} (Mempulse:Operator:Account).")
            : new OperatorPlan(new ChainId(settings.Chain), account, AddressOf(executor, "Executor"), key);
    }

    private static OperatorKey? KeyOf(OperatorSettings settings, Func<string, string?> environment)
    {
        try
        {
            return settings.KeyFile is { Length: > 0 } file ? OperatorKey.FromFile(file, PasswordOf(settings, environment))
                : environment(OperatorKey.KeyVariable) is { Length: > 0 } hex ? OperatorKey.FromHex(hex, OperatorKey.KeyVariable)
                : null;
        }
        catch (OperatorKeyException e)
        {
            throw new NodeUsageException(e.Message, e);
        }
    }

    private static string PasswordOf(OperatorSettings settings, Func<string, string?> environment) =>
        settings.PasswordFile is { Length: > 0 } file ? SecretFile.Read(file, "the password of the operator's key")
        : environment(OperatorKey.PasswordVariable) ?? throw new NodeUsageException($"The password of the key file is missing: set Mempulse:Operator:PasswordFile, or put it into {OperatorKey.PasswordVariable}.");

    private static Address AddressOf(string text, string setting) =>
        Address.TryParse(text, out var address) ? address : throw new NodeUsageException($"'{text}' is not a valid Mempulse:Operator:{setting}: expected 0x and 40 hex digits.");
}
