using Mempulse.Builder.Assembly;
using Mempulse.Builder.Dialects;
using Mempulse.Grains.Bundles;
using Mempulse.Node.Operators;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Settings;

/// <summary>The options of operator, bundles and relays, each with its effect.</summary>
internal static class BundleEffects
{
    private const string Executor = "0x00000000000000000000000000000000000000e1";
    private const string Account = "0x00000000000000000000000000000000000000a1";
    private static readonly BundleBounds _bounds = new(100, 300_000, new Gas(30_000_000), 8);
    private static readonly string[] _none = [];
    private static readonly string[] _acts = [$"Mempulse:Operator:Executor={Executor}", $"Mempulse:Operator:Account={Account}"];
    private static readonly string[] _titan = ["Mempulse:Relays:0:Dialect=titan"];
    private static readonly string[] _signing = ["Mempulse:Relays:0:Dialect=buildernet"];

    public static IReadOnlyList<EffectRow> All { get; } =
    [
        new("Mempulse:Operator:Chain", _acts, ["Mempulse:Operator:Chain=5"], static node => Operator(node), $"1 {Account} {Executor}", $"5 {Account} {Executor}"),
        new("Mempulse:Operator:Executor", _none, _acts, static node => Operator(node), "none", $"1 {Account} {Executor}"),
        new("Mempulse:Operator:Account", [_acts[0]], [_acts[1]], static node => Operator(node)[..20], "Mempulse:Operator ha", $"1 {Account}"[..20]),
        new("Mempulse:Operator:KeyFile", [.. _acts, "Mempulse:Operator:PasswordFile=/no/such/password"], ["Mempulse:Operator:KeyFile=/no/such/key"], static node => Operator(node)[..46], $"1 {Account} {Executor}"[..46], "The file with the password of the operator's key, /no/such/password"[..46]),
        new("Mempulse:Operator:PasswordFile", [.. _acts, "Mempulse:Operator:KeyFile=/no/such/key"], ["Mempulse:Operator:PasswordFile=/no/such/password"], static node => Operator(node)[..35], "The password of the key file is missing"[..35], "The file with the password of the operator's key"[..35]),
        new("Mempulse:Relays:0:Name", _titan, ["Mempulse:Relays:0:Name=first"], static node => Relays(node), $"titan titan {Titan} False", $"first titan {Titan} False"),
        new("Mempulse:Relays:0:Dialect", _titan, ["Mempulse:Relays:0:Dialect=buildernet", "Mempulse:Relays:0:Url=http://127.0.0.1:1"], static node => Relays(node), $"titan titan {Titan} False", "buildernet buildernet http://127.0.0.1:1/ False"),
        new("Mempulse:Relays:0:Url", _titan, ["Mempulse:Relays:0:Url=https://relay.example.org"], static node => Relays(node), $"titan titan {Titan} False", "titan titan https://relay.example.org/ False"),
        new("Mempulse:Relays:0:CredentialFile", _signing, ["Mempulse:Relays:0:CredentialFile=/no/such/credential"], static node => Relays(node)[..10], "buildernet", "The file w"),
        new("Mempulse:Relays:0:CredentialVariable", _signing, ["Mempulse:Relays:0:CredentialVariable=NOT_SET"], static node => Relays(node)[..10], "buildernet", "The enviro"),
        new("Mempulse:Bundles:Sending", _none, ["Mempulse:Bundles:Sending=Live"], static node => Bundles(node), "DryRun", "The section Mempulse:Bundles is not valid: Sending is Live, but no executor is configured. Set Mempulse:Operator:Executor."),
        new("Mempulse:Bundles:ShareBasisPoints", _none, ["Mempulse:Bundles:ShareBasisPoints=5000"], static node => node.Of<BundleOptions>().Payment.Name, "share/1 9000 bps", "share/1 5000 bps"),
        new("Mempulse:Bundles:LeastProfitWei", _none, ["Mempulse:Bundles:LeastProfitWei=7"], static node => node.Of<BundleOptions>().Payment.LeastProfit.ToString(), "1", "7"),
        new("Mempulse:Bundles:TipWeiPerGas", _none, ["Mempulse:Bundles:TipWeiPerGas=3"], static node => node.Of<BundleOptions>().TipWeiPerGas, 0L, 3L),
        new("Mempulse:Bundles:MaxTransactions", _none, ["Mempulse:Bundles:MaxTransactions=9"], static node => node.Of<BundleOptions>().Bounds, _bounds, _bounds with { Transactions = 9 }),
        new("Mempulse:Bundles:MaxBytes", _none, ["Mempulse:Bundles:MaxBytes=2000"], static node => node.Of<BundleOptions>().Bounds, _bounds, _bounds with { Bytes = 2_000 }),
        new("Mempulse:Bundles:MaxGas", _none, ["Mempulse:Bundles:MaxGas=1000000"], static node => node.Of<BundleOptions>().Bounds, _bounds, _bounds with { GasLimit = new Gas(1_000_000) }),
        new("Mempulse:Bundles:MaxOpportunities", _none, ["Mempulse:Bundles:MaxOpportunities=3"], static node => node.Of<BundleOptions>().Bounds, _bounds, _bounds with { Opportunities = 3 }),
        new("Mempulse:Bundles:MaxAttempts", _none, ["Mempulse:Bundles:MaxAttempts=2"], static node => node.Of<BundleOptions>().Retry.MaxAttempts, 4, 2),
        new("Mempulse:Bundles:AnswerPatience", _none, ["Mempulse:Bundles:AnswerPatience=0:00:01"], static node => node.Of<BundleOptions>().AnswerPatience, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)),
    ];

    private static string Titan => RelayDialects.Find("titan")!.AddressFor(EndpointUse.Requests)!.ToString();

    private static string Operator(BuiltNode node) => Said(() => OperatorInput.Of(node.Options.Operator, static _ => null) is { } acts ? $"{acts.Chain} {acts.Account} {acts.Executor}" : "none");

    private static string Relays(BuiltNode node) => Said(() => string.Join(' ', RelayInput.Of(node.Options.Relays, static _ => null).Select(static relay => $"{relay.Name} {relay.Dialect.Name} {relay.Addresses.Requests} {relay.Credential is not null}")));

    private static string Bundles(BuiltNode node) => Said(() => node.Of<BundleOptions>().Sending.ToString());

    private static string Said(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (NodeUsageException refused)
        {
            return refused.Message;
        }
    }
}
