using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>The transactions that a bundle's terms name.</summary>
internal static class BundleHashRules
{
    public static AttemptRefusal? Check(BundleUnderCheck check)
    {
        if (check.FirstForeign(check.Bundle.Reverting) is { } reverting)
        {
            return new(PreflightRule.RevertingHashUnknown, $"The transaction {reverting}, which may revert, is not in the bundle.");
        }

        return check.FirstForeign(check.Bundle.Dropping) is { } dropping
            ? new(PreflightRule.DroppingHashUnknown, $"The transaction {dropping}, which may be left out, is not in the bundle.")
            : null;
    }
}
