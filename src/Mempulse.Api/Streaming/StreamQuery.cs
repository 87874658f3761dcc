using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Streaming;

/// <summary>Reads what a request asks of the stream; an error is one sentence.</summary>
internal static class StreamQuery
{
    /// <summary>Events that a request may ask for at most, if it names a number.</summary>
    public const int MaxLimit = 1_000_000;

    /// <summary>The key of a request, which names at most one.</summary>
    public static bool TryKey(string? tx, string? sender, string? opp, string? bundle, out EventKey? key, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        key = null;
        problem = null;
        foreach (var (name, text, kind) in ((string, string?, KeyKind)[])[("tx", tx, KeyKind.Tx), ("sender", sender, KeyKind.Sender), ("opp", opp, KeyKind.Opp), ("bundle", bundle, KeyKind.Bundle)])
        {
            if (text is null)
            {
                continue;
            }

            problem = key is not null ? Problem.BadRequest($"'{name}' is not valid beside another key: expected one of tx, sender, opp and bundle.")
                : TryParse(text, kind, out key) ? null
                : Problem.BadRequest($"'{text}' is not a valid '{name}': expected 0x and {(kind == KeyKind.Sender ? 2 * Address.Size : 2 * Hash256.Size)} hex digits.");
            if (problem is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the stream goes on after the end of the log.</summary>
    public static bool TryFollow(string? text, out bool isFollowing, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        isFollowing = text is not "false";
        problem = text is null or "true" or "false" ? null : Problem.BadRequest($"'{text}' is not a valid 'follow': expected true or false.");
        return problem is null;
    }

    /// <summary>The position to begin after: what a browser that connects again says, or what the request says, or the end of the log.</summary>
    public static bool TryAfter(string? resumed, string? after, GlobalSeq watermark, out GlobalSeq seq, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        string name = resumed is null ? "after" : "Last-Event-ID";
        if (!QueryNumber.TrySeq(resumed ?? after, name, watermark, out seq, out problem))
        {
            return false;
        }

        problem = seq > watermark ? Problem.BadRequest($"'{seq}' is not a valid '{name}': the log ends at {watermark}.") : null;
        return problem is null;
    }

    private static bool TryParse(string text, KeyKind kind, out EventKey? key)
    {
        key = kind == KeyKind.Sender
            ? Address.TryParse(text, out var account) ? EventKey.Sender(account) : null
            : Hash256.TryParse(text, out var hash) ? new EventKey(kind, hash) : null;
        return key is not null;
    }
}
