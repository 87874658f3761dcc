using System.Text.Json.Nodes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Sim.Requests;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Executes again what was found about the place of a bundle, from its witness.</summary>
internal static class CaseExaminations
{
    /// <summary>What follows from the witness.</summary>
    public static CaseResult ResultOf(LogEvent.CompetitionExamined logged, CompetitionWitness witness) =>
        new(NameOf(logged), AgainOf(logged, witness) is { } again ? EventJson.PayloadOf(again) : "{}");

    /// <summary>The first difference between the fact and what its witness gives, or between the witness and what the log has of the block and the bundle.</summary>
    /// <param name="logged">The fact.</param>
    /// <param name="witness">Its witness.</param>
    /// <param name="built">The bundle; null if the case does not have its making.</param>
    /// <param name="block">The block; null if the case does not have it.</param>
    public static CaseCheck? Check(LogEvent.CompetitionExamined logged, CompetitionWitness witness, LogEvent.BundleBuilt? built, LogEvent.BlockObserved? block)
    {
        string name = NameOf(logged);
        if (AgainOf(logged, witness) is not { } again)
        {
            return new CaseCheck($"{name} witness", "all that is read", "a part of the state is missing");
        }

        string bundle = built is null ? string.Empty : Text(built.Transactions.Select(static tx => $"{tx.Hash}{(tx.MayRevert ? " may revert" : string.Empty)}"));
        string legs = built is null ? string.Empty : Text(witness.Bundle.Select(static tx => $"{Keccak256.Hash(tx.Raw.Span)}{(tx.Revert == RevertPolicy.MayRevert ? " may revert" : string.Empty)}"));
        string included = block is null ? string.Empty : Text(block.Transactions.Select(static tx => $"{tx.Hash}"));
        string executed = block is null ? string.Empty : Text(witness.Transactions.Select(static tx => $"{Keccak256.Hash(tx.Raw.Span)}"));
        (string Field, string Stated, string Found)[] parts =
        [
            ("block", $"{logged.Block}", $"{again.Block}"),
            ("transactions", included, executed),
            ("bundle", bundle, legs),
            ("account", $"{built?.Account ?? witness.Account}", $"{witness.Account}"),
            ("token", $"{built?.Token ?? witness.Token}", $"{witness.Token}"),
            ("competitor", $"{logged.Competitor}", $"{again.Competitor}"),
        ];
        return Array.Find(parts, static part => part.Stated != part.Found) is { Field: not null } different
            ? new CaseCheck($"{name} {different.Field}", different.Stated, different.Found)
            : JsonDifference.First(JsonNode.Parse(EventJson.PayloadOf(logged)), JsonNode.Parse(EventJson.PayloadOf(again))) is { } place
                ? new CaseCheck($"{name} {place.Path.TrimStart('.')}", place.Stated, place.Found)
                : null;
    }

    private static LogEvent.CompetitionExamined? AgainOf(LogEvent.CompetitionExamined logged, CompetitionWitness witness) => witness.Rerun(SenderRecovery.CreateBest()) is { } decided
        ? CompetitionFact.Of(logged.Bundle, witness.Header.ComputeHash(), decided, witness.Trust, Keccak256.Hash(CompetitionWitnessCodec.Encode(witness)))
        : null;

    private static string NameOf(LogEvent.CompetitionExamined logged) => $"examination {logged.Bundle}";

    private static string Text(IEnumerable<string> hashes) => string.Join(", ", hashes);
}
