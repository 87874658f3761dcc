using System.Text.Json.Nodes;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Signing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.RelaySim.Requests;

namespace Mempulse.RelaySim;

/// <summary>Decides what a request does and how it is answered. Safe for any thread.</summary>
internal sealed class RelayDesk(RelayDialect dialect, BundlePool pool)
{
    private const int AcceptedStatus = 200;

    private readonly RequestReader _reader = new(dialect);
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();

    /// <summary>Who sent a body.</summary>
    /// <exception cref="RequestRefusedException">The builder would not accept the sender.</exception>
    public Address? SenderOf(string? header, ReadOnlySpan<byte> body)
    {
        var rule = dialect.Authentication;
        if (string.IsNullOrEmpty(header))
        {
            return rule is { Required: true, Source: not null } ? throw new RequestRefusedException(RequestRefusedException.InvalidRequest, $"the header {rule.Header} is missing") : null;
        }

        if (rule.Scheme != AuthenticationScheme.FlashbotsSignature)
        {
            return null;
        }

        return RelaySignature.TryVerify(header, body, _recovery, out var account)
            ? account
            : throw new RequestRefusedException(RequestRefusedException.InvalidRequest, "the signature is not one of this account over this body");
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestRefusedException">The builder would refuse it.</exception>
    public ReadRequest Read(ReadOnlyMemory<byte> body) => _reader.Read(body);

    /// <summary>Does what is asked and returns the result.</summary>
    public JsonNode? Handle(RelayCommand command, Address? searcher, SimulatorHead head, RelayFault fault)
    {
        switch (command)
        {
            case RelayCommand.Send send:
                return Named(pool.Take(searcher, send.Bundle, command.Method, head, fault).Hash);
            case RelayCommand.SendMev send:
                return Named(pool.Take(searcher, send.Bundle, command.Method, head, fault).Hash);
            case RelayCommand.SendPrivate send:
                var target = new BlockNumber(head.Number.Value + 1);
                var alone = new RelayBundle { Id = FieldReader.IdOf([send.Transaction], target), Transactions = [send.Transaction], Target = target };
                pool.Take(searcher, alone, command.Method, head, fault);
                // The one builder of the descriptions that documents a status here.
                return dialect.Name == "titan" ? AcceptedStatus : send.Transaction.Hash.ToString();
            case RelayCommand.Cancel cancel when fault != RelayFault.CancelTooLate:
                pool.Cancel(searcher, cancel.Uuid);
                return AcceptedStatus;
            case RelayCommand.AskStatistics ask:
                return Statistics(ask.BundleHash);
            case RelayCommand.Simulate call:
                return Named(call.Bundle.ComputeBundleHash());
            default:
                return AcceptedStatus;
        }
    }

    /// <summary>An answer as text.</summary>
    public static string Envelope(ulong id, JsonNode? result) => new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result }.ToJsonString();

    /// <summary>An error as text.</summary>
    public static string Envelope(RequestRefusedException problem) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = null, ["error"] = new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message } }.ToJsonString();

    private static JsonObject Named(Hash256 hash) => new() { ["bundleHash"] = hash.ToString() };

    private JsonObject Statistics(Hash256 hash)
    {
        var bundle = pool.All.LastOrDefault(candidate => candidate.Hash == hash);
        string status = bundle?.Fate switch
        {
            null => "Unknown",
            BundleFate.Waiting or BundleFate.Late => "Received",
            BundleFate.Dropped => "Invalid",
            BundleFate.Landed => "Submitted",
            BundleFate.Outbid => "ExcludedFromBlock",
            BundleFate.Invalid => "SimulationFail",
            _ => "Cancelled",
        };
        return new JsonObject { ["status"] = status, ["builderPayment"] = (bundle?.Bid.Value ?? UInt256.Zero).ToString(), ["error"] = null };
    }
}
