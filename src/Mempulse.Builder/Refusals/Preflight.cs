using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>Decides whether a request may leave. Pure: the same command and facts give the same refusal.</summary>
/// <remarks>Rules are tried in a fixed order, so that a bundle that breaks several is always refused by the same one.</remarks>
public static class Preflight
{
    private static readonly Func<BundleUnderCheck, AttemptRefusal?>[] Rules =
    [
        BundleSizeRules.Check,
        BundleNameRules.Check,
        BundleTimeRules.Check,
        BundleHashRules.Check,
        BundleRefundRules.Check,
    ];

    /// <summary>Returns why a command may not be sent to a builder; null if it may.</summary>
    public static AttemptRefusal? Check(RelayDialect dialect, RelayCommand command, PreflightFacts facts, RelayCredential? credential)
    {
        if (dialect.Find(command.Method) is not { } method)
        {
            return new(PreflightRule.MethodNotKnown, $"{dialect.Title} is not known to have a method for {command.Method}.");
        }

        if (BundleOf(command) is { } bundle)
        {
            var checkedBundle = new BundleUnderCheck(bundle, dialect, facts);
            foreach (var rule in Rules)
            {
                if (rule(checkedBundle) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return command is RelayCommand.Cancel cancel && !BundleUuid.IsCanonical(cancel.Uuid)
            ? BundleNameRules.NotCanonical(cancel.Uuid)
            : FieldRefusal(dialect, method, command) ?? CredentialRefusal(dialect, credential);
    }

    private static AttemptRefusal? FieldRefusal(RelayDialect dialect, DialectMethod method, RelayCommand command)
    {
        foreach (var field in CommandValues.Missing(method, command))
        {
            return new(PreflightRule.FieldNotKnown, $"{dialect.Title} is not known to have a field of {method.Name} for {field}.");
        }

        return null;
    }

    private static AttemptRefusal? CredentialRefusal(RelayDialect dialect, RelayCredential? credential) =>
        RelayRequestWriter.LacksCredential(dialect, credential)
            ? new(PreflightRule.CredentialMissing, $"{dialect.Title} needs {dialect.Authentication.Scheme}, which is not configured.")
            : null;

    private static RelayBundle? BundleOf(RelayCommand command) => command switch
    {
        RelayCommand.Send send => send.Bundle,
        RelayCommand.SendMev send => send.Bundle,
        _ => null, // a simulation may be of any block, and nothing is included
    };
}
