using System.Globalization;
using Mempulse.Builder.Bundles;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>The UUID of a bundle.</summary>
internal static class BundleNameRules
{
    private const int MaxShownChars = 64;

    public static AttemptRefusal? Check(BundleUnderCheck check)
    {
        var bundle = check.Bundle;
        if (bundle.ReplacementUuid is not null && bundle.Uuid is not null)
        {
            return new(PreflightRule.TwoUuids, "The bundle has a replacementUuid and a uuid: builders differ in which one they take.");
        }

        return bundle.AnyUuid is not { } uuid ? null
            : !BundleUuid.IsCanonical(uuid) ? NotCanonical(uuid)
            : UseRefusal(bundle, uuid, check.Facts);
    }

    public static AttemptRefusal NotCanonical(string uuid) => new(
        PreflightRule.UuidNotCanonical,
        $"'{(uuid.Length <= MaxShownChars ? uuid : uuid[..MaxShownChars])}' is not a canonical UUID: expected 8-4-4-4-12 lower-case hex digits of RFC 9562.");

    private static AttemptRefusal? UseRefusal(RelayBundle bundle, string uuid, PreflightFacts facts)
    {
        ulong sequence = bundle.ReplacementSequence;
        if (!facts.Uuids.TryGetValue(uuid, out var use))
        {
            // 0 means "in the order of arrival" to builders that have a sequence, so a line of bundles begins with 1.
            return sequence > 0 ? null : new(PreflightRule.SequenceNotHigher, "The sequence of a bundle with a UUID is 0: expected 1 or more.");
        }

        if (use.Bundle == bundle.Id && use.Sequence == sequence)
        {
            return null; // the same bundle again
        }

        return sequence <= 1
            ? new(PreflightRule.UuidTaken, $"The UUID {uuid} is that of bundle {use.Bundle}, which this one does not claim to replace.")
            : sequence <= use.Sequence
                ? new(PreflightRule.SequenceNotHigher, string.Create(CultureInfo.InvariantCulture, $"The sequence {sequence} is not higher than {use.Sequence}, that of the last bundle with the UUID {uuid}."))
                : null;
    }
}
