using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Cases.Simulations;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Verification;
using Mempulse.Features.Reasons;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Reproduces a case and finds the first field that differs from what it states.</summary>
/// <param name="Field">The field.</param>
/// <param name="Stated">What the case states.</param>
/// <param name="Found">What follows from it.</param>
public sealed record CaseCheck(string Field, string Stated, string Found)
{
    /// <summary>Returns the first difference; null if the case is reproduced bit for bit.</summary>
    /// <exception cref="CaseDamagedException">The case is not complete.</exception>
    public static CaseCheck? Of(CaseContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var rules = new SharedRules(new CaseContents(content.Contents));
        var again = new CaseReproduction(content, rules);
        return Bodies(content) ?? Contents(content, again) ?? Simulations(again) ?? Bundles(again) ?? Examinations(again) ?? Events(content, again.Records, rules) ?? Results(content, again.Results());
    }

    /// <summary>Every body follows from its raw bytes: hash, sender and all fields, to the byte of the record.</summary>
    private static CaseCheck? Bodies(CaseContent content)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        foreach (var record in content.Records)
        {
            var view = new RecordView(record.Seq, record.Bytes.Span);
            if (LogEvent.Decode(view) is not LogEvent.TxDecoded decoded)
            {
                continue;
            }

            if (!VerifiedTx.TryVerify(decoder, new BlobProofVerifier(), decoded.Tx.Raw, default, out var tx, out var failure))
            {
                return new CaseCheck($"record {record.Seq} raw", $"transaction {decoded.Hash}", failure.ToString());
            }

            var again = new EventBatch(view.Lane);
            tx.AddTo(again, view.Meta);
            if (Difference(decoded, again, record) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static CaseCheck? Difference(LogEvent.TxDecoded decoded, EventBatch again, CaseRecord record)
    {
        foreach (var recoded in new SequencedBatch(new Epoch(1), record.Seq, 1, record.Seq, again.Records))
        {
            if (recoded.Bytes.SequenceEqual(record.Bytes.Span))
            {
                return null;
            }

            var other = (LogEvent.TxDecoded)LogEvent.Decode(recoded)!;
            return decoded.Hash != other.Hash ? new CaseCheck($"record {record.Seq} hash", decoded.Hash.ToString(), other.Hash.ToString())
                : decoded.Sender != other.Sender ? new CaseCheck($"record {record.Seq} sender", decoded.Sender.ToString(), other.Sender.ToString())
                : new CaseCheck($"record {record.Seq} payload", Convert.ToHexStringLower(record.Bytes.Span), Convert.ToHexStringLower(recoded.Bytes));
        }

        return null;
    }

    /// <summary>Every simulation and examination has its witness and every bundle its bytes, but for those of which the case says that they do not.</summary>
    private static CaseCheck? Contents(CaseContent content, CaseReproduction again)
    {
        foreach (var record in again.Records)
        {
            if (CaseWitness.Of(record) is { } named && !content.AsLogged.Contains(named.Event) && again.MissingOf(named) is { } missing)
            {
                return new CaseCheck($"{CaseText.Of(named.Event)} content", $"{missing}", "nothing with this digest");
            }
        }

        return null;
    }

    /// <summary>What took the place of a bundle is found again by executing the block with it.</summary>
    private static CaseCheck? Examinations(CaseReproduction again)
    {
        var blocks = again.Records.Where(static record => record.View.Kind == LogEvent.BlockObserved.KindNumber).Select(static record => (LogEvent.BlockObserved)LogEvent.Decode(record.View)!).ToList();
        var bundles = new CaseBundles(again.Records).Built;
        foreach (var (logged, witness) in again.Examined())
        {
            if (CaseExaminations.Check(logged, witness, bundles.FirstOrDefault(built => built.Bundle == logged.Bundle), blocks.Find(block => block.Hash == logged.Block)) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>The id of every bundle follows from its bytes, and what was simulated is what was signed.</summary>
    private static CaseCheck? Bundles(CaseReproduction again)
    {
        foreach (var (built, bytes) in again.Bundles())
        {
            var simulated = again.Recorded().FirstOrDefault(sim => built.IsSigned && sim.Fact.Sim == built.Sim);
            if (CaseBundles.Check(built, bytes, simulated) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static CaseCheck? Simulations(CaseReproduction again)
    {
        foreach (var sim in again.Recorded())
        {
            foreach (var (field, logged, found) in SimRerun.Of(sim, wantsSteps: false).Differences)
            {
                return new CaseCheck($"simulation {sim.Fact.Sim} {field}", logged, found);
            }
        }

        return null;
    }

    /// <summary>Every event about its opportunities and bundles follows from its facts, but for those of which the case says that they do not.</summary>
    private static CaseCheck? Events(CaseContent content, IReadOnlyList<LoggedRecord> records, IRulesContents rules)
    {
        LoggedRecord[] logged = [.. records.Where(CaseFold.IsCompared)];
        try
        {
            var differences = new CaseFold(content.Chain, rules, content.Id, logged).Differences([.. records.Where(static record => !record.View.IsDerived)]);
            return logged.Select(CaseFold.EventOf).Concat(differences.Keys).Except(content.AsLogged).Select(differences.GetValueOrDefault).FirstOrDefault(static difference => difference is not null);
        }
        catch (RulesUnavailableException missing)
        {
            throw new CaseDamagedException(missing.Message, missing);
        }
        catch (InvariantBrokenException contradiction)
        {
            return new CaseCheck("facts", "facts of one log", contradiction.Message);
        }
    }

    private static CaseCheck? Results(CaseContent content, IReadOnlyList<CaseResult> found)
    {
        for (int i = 0; i < Math.Max(found.Count, content.Results.Count); i++)
        {
            if (i >= found.Count || i >= content.Results.Count || found[i].Name != content.Results[i].Name)
            {
                return new CaseCheck($"result {i}", i < content.Results.Count ? content.Results[i].Name : "none", i < found.Count ? found[i].Name : "none");
            }

            if (found[i].Text != content.Results[i].Text)
            {
                return Place(content.Results[i], found[i]);
            }
        }

        return null;
    }

    private static CaseCheck Place(CaseResult stated, CaseResult found)
    {
        try
        {
            return JsonDifference.First(JsonNode.Parse(stated.Text), JsonNode.Parse(found.Text)) is { } place
                ? new CaseCheck($"{stated.Name}{(place.Path.Length > 0 ? $" {place.Path.TrimStart('.')}" : string.Empty)}", place.Stated, place.Found)
                : new CaseCheck(stated.Name, stated.Text, found.Text);
        }
        catch (JsonException)
        {
            return new CaseCheck(stated.Name, stated.Text, found.Text);
        }
    }
}
