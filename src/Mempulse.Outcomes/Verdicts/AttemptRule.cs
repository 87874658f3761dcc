using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Keeps what was asked of relays for each bundle. Confined to the fold's thread.</summary>
/// <remarks>
/// Beyond the bound a request is not kept, and its bundle is not judged by what relays said: <see cref="BundleEntry.IsIncomplete"/>. Each method
/// returns false then.
/// </remarks>
internal sealed class AttemptRule(BundleTable bundles, BundleBounds bounds)
{
    private const int MaxNames = 4_096;

    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal); // one copy of each name for all bundles; nothing depends on it

    public bool Apply(LogEvent.AttemptRefused refused, GlobalSeq seq, BundleEntry bundle)
    {
        bundles.Changing(bundle);
        if (Request(bundle, refused.Relay, refused.Command) is not { } request)
        {
            return false;
        }

        request.Refusal = refused.Rule;
        request.RefusedIn = seq;
        return true;
    }

    public bool Apply(LogEvent.AttemptStarted started, GlobalSeq seq, UnixNanoseconds at, BundleEntry bundle)
    {
        bundles.Changing(bundle);
        if (Request(bundle, started.Relay, started.Command) is not { } request)
        {
            return false;
        }

        request.LastStarted = Math.Max(request.LastStarted, started.Number);
        request.StartedAt = at;
        Left(request, started.IsDryRun, seq);
        request.Unanswered += started.IsDryRun ? 0 : 1;
        return true;
    }

    public bool Apply(LogEvent.RelayAttempt answered, GlobalSeq seq, BundleEntry bundle)
    {
        bundles.Changing(bundle);
        if (Request(bundle, answered.Relay, answered.Command) is not { } request)
        {
            return false;
        }

        Left(request, answered.IsDryRun, seq);
        request.LastStarted = Math.Max(request.LastStarted, answered.Number);
        request.LastAnswered = Math.Max(request.LastAnswered, answered.Number);
        request.Class = answered.Class;
        request.Consequence = answered.Consequence;
        if (!answered.IsDryRun)
        {
            request.Unanswered = Math.Max(request.Unanswered - 1, 0);
            request.AnsweredIn = seq;
            request.IsAccepted |= answered.Consequence == AttemptConsequence.Accepted;
            request.IsUnknown |= answered.Consequence == AttemptConsequence.Unknown;
        }

        return true;
    }

    private static void Left(BundleRequest request, bool isDryRun, GlobalSeq seq)
    {
        if (isDryRun)
        {
            request.DryIn = request.DryIn == GlobalSeq.None ? seq : request.DryIn;
        }
        else if (!request.HasLeft)
        {
            request.FirstSentIn = seq;
        }
    }

    private BundleRequest? Request(BundleEntry bundle, string relay, RelayCommandKind command)
    {
        if (bundle.Find(relay, command) is { } known)
        {
            return known;
        }

        if (bundle.Requests.Count < bounds.Requests)
        {
            return bundle.Add(Name(relay), command);
        }

        bundle.IsIncomplete = true;
        return null;
    }

    private string Name(string relay)
    {
        if (_names.TryGetValue(relay, out var name))
        {
            return name;
        }

        if (_names.Count == MaxNames)
        {
            _names.Clear();
        }

        _names.Add(relay, relay);
        return relay;
    }
}
