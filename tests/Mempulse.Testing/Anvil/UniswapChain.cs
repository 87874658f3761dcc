using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Testing.Anvil;

/// <summary>A real anvil with the real Uniswap V2: factory, router, WETH, two tokens, two pools with liquidity.</summary>
public sealed class UniswapChain : IAsyncDisposable
{
    /// <summary>A deadline that no test reaches.</summary>
    public const ulong Deadline = 4_000_000_000;
    private const ulong Gwei = 1_000_000_000;
    private const string SolutionFile = "Mempulse.Orleans.sln";

    private readonly Dictionary<string, byte[]> _creation = [];
    private readonly ulong[] _nonces = new ulong[3];

    private AnvilNode? _node;

    private UniswapChain()
    {
    }

    /// <summary>The node.</summary>
    public AnvilNode Node => _node ?? throw new InvalidOperationException("The chain has not been started.");

    /// <summary>Accounts with ether; the first two have tokens.</summary>
    public IReadOnlyList<EcdsaSigner> Signers { get; } = [.. Enumerable.Range(1, 3).Select(key => new EcdsaSigner([.. Enumerable.Repeat((byte)(0x40 + key), 32)]))];

    /// <summary>Wrapped ether.</summary>
    public Address Weth { get; private set; }

    /// <summary>UniswapV2Router02.</summary>
    public Address Router { get; private set; }

    /// <summary>UniswapV2Factory.</summary>
    public Address Factory { get; private set; }

    /// <summary>The factory and the router of a second exchange, once it was added.</summary>
    public (Address Factory, Address Router)? Other { get; private set; }

    /// <summary>Keccak-256 of the code that creates a pair.</summary>
    public Hash256 PairCodeHash => Keccak256.Hash(_creation["UniswapV2Pair"]);

    /// <summary>Two tokens, each with a pool against wrapped ether, and one against each other.</summary>
    public IReadOnlyList<Address> Tokens { get; private set; } = [];

    /// <summary>Starts a node and deploys everything.</summary>
    public static async Task<UniswapChain> StartAsync(CancellationToken stop, params string[] options)
    {
        var chain = new UniswapChain();
        await chain.BeginAsync(options, stop);
        return chain;
    }

    /// <summary>The next nonce of a signer, as far as this class sent transactions.</summary>
    public ulong NonceOf(int signer) => _nonces[signer];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>A signed transaction of the signer, which pays the usual fees or a multiple of them.</summary>
    public byte[] Sign(int signer, ulong nonce, Address? to, UInt256 value, byte[] input, ulong gas, ulong times = 1) =>
        TransactionEncoder.Encode(TransactionSigner.Sign(
            new SignedTransaction
            {
                Type = TxType.DynamicFee,
                ChainId = new ChainId(1),
                Nonce = new Nonce(nonce),
                GasLimit = new Gas(gas),
                Recipient = to,
                Value = new Wei(value),
                MaxFeePerGas = new Wei(100 * times * Gwei),
                MaxPriorityFeePerGas = new Wei(2 * times * Gwei),
                Input = input,
                Signature = default,
            },
            Signers[signer]));

    /// <summary>Deploys a second exchange, with a pool of wrapped ether and the first token at another price.</summary>
    public async Task AddExchangeAsync(CancellationToken stop)
    {
        var factory = await CreateAsync("UniswapV2Factory", [Signers[0].Account], stop);
        var router = await CreateAsync("UniswapV2Router02", [factory, Weth], stop);
        Other = (factory, router);
        await SendAsync(0, Tokens[0], default, Data("approve(address,uint256)", router, UInt256.MaxValue), stop);
        await SendAsync(
            0, router, Ether(50_000),
            Data("addLiquidityETH(address,uint256,uint256,uint256,address,uint256)", Tokens[0], Ether(5_100_000), 0UL, 0UL, Signers[0].Account, Deadline), stop);
    }

    /// <summary>A signer deploys a contract, and gives it wrapped ether to trade with.</summary>
    /// <param name="signer">The signer.</param>
    /// <param name="creation">The code that creates the contract.</param>
    /// <param name="milliEther">What it gets, in thousandths of an ether.</param>
    /// <param name="stop">Cancels it.</param>
    public async Task<Address> DeployTraderAsync(int signer, byte[] creation, ulong milliEther, CancellationToken stop)
    {
        var receipt = await SendAsync(signer, null, default, creation, stop);
        var trader = Address.Parse(receipt.GetProperty("contractAddress").GetString()!);
        await SendAsync(signer, Weth, Ether(milliEther), Data("deposit()"), stop);
        await SendAsync(signer, Weth, default, Data("transfer(address,uint256)", trader, Ether(milliEther)), stop);
        return trader;
    }

    /// <summary>The first signer's next transaction: a swap of ether, one by default, for tokens.</summary>
    public byte[] SignSwap(ulong milliEther = 1_000) => Sign(
        0, NonceOf(0), Router, Ether(milliEther),
        Data("swapExactETHForTokens(uint256,address[],address,uint256)", 0UL, 0x80UL, Signers[0].Account, Deadline, 2UL, Weth, Tokens[0]), gas: 400_000);

    /// <summary>Call data: selector and words.</summary>
    public static byte[] Data(string signature, params object[] words) =>
        [.. Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).ToArray().AsSpan(0, 4), .. words.SelectMany(Word)];

    /// <summary>An argument as a word.</summary>
    public static byte[] Word(object value)
    {
        byte[] word = new byte[32];
        switch (value)
        {
            case Address address:
                address.CopyTo(word.AsSpan(12));
                break;
            case UInt256 number:
                number.WriteBigEndian(word);
                break;
            case ulong number:
                UInt256.FromUInt64(number).WriteBigEndian(word);
                break;
            default:
                throw new ArgumentException($"{value} is not a word: expected at most 256 bits.", nameof(value));
        }

        return word;
    }

    /// <summary>Thousandths of an ether in wei.</summary>
    public static UInt256 Ether(ulong milli) => UInt256.FromUInt64(milli) * 1_000_000_000_000_000UL;

    private async Task BeginAsync(string[] options, CancellationToken stop)
    {
        _node = await AnvilNode.StartAsync(stop, port: null, ["--hardfork", "osaka", .. options]);
        ReadArtifacts();
        foreach (var signer in Signers)
        {
            await _node.CallAsync("anvil_setBalance", stop, signer.Account.ToString(), "0x3635c9adc5dea000000");
        }

        await DeployAsync(stop);
    }

    private void ReadArtifacts()
    {
        string path = Path.Combine(FindCheckout(), "tests", "vectors", "uniswap-v2", "uniswap_v2_artifacts.json.zst");
        using var stream = new DecompressionStream(File.OpenRead(path), leaveOpen: false);
        using var json = JsonDocument.Parse(stream);
        foreach (var contract in json.RootElement.GetProperty("contracts").EnumerateObject())
        {
            _creation[contract.Name] = Convert.FromHexString(contract.Value.GetProperty("creation").GetString().AsSpan(2));
        }
    }

    private async Task DeployAsync(CancellationToken stop)
    {
        Weth = await CreateAsync("WETH9", [], stop);
        Factory = await CreateAsync("UniswapV2Factory", [Signers[0].Account], stop);
        Router = await CreateAsync("UniswapV2Router02", [Factory, Weth], stop);
        Tokens = [await CreateAsync("TestERC20", [Ether(1_000_000_000)], stop), await CreateAsync("TestERC20", [Ether(1_000_000_000)], stop)];
        foreach (var token in Tokens)
        {
            await SendAsync(0, token, default, Data("approve(address,uint256)", Router, UInt256.MaxValue), stop);
            await SendAsync(1, token, default, Data("approve(address,uint256)", Router, UInt256.MaxValue), stop);
            await SendAsync(0, token, default, Data("transfer(address,uint256)", Signers[1].Account, Ether(1_000_000)), stop);
            await SendAsync(
                0, Router, Ether(100_000),
                Data("addLiquidityETH(address,uint256,uint256,uint256,address,uint256)", token, Ether(10_000_000), 0UL, 0UL, Signers[0].Account, Deadline), stop);
        }

        await SendAsync(
            0, Router, default,
            Data("addLiquidity(address,address,uint256,uint256,uint256,uint256,address,uint256)",
                Tokens[0], Tokens[1], Ether(5_000_000), Ether(5_000_000), 0UL, 0UL, Signers[0].Account, Deadline), stop);
    }

    private async Task<Address> CreateAsync(string name, object[] arguments, CancellationToken stop)
    {
        var receipt = await SendAsync(0, null, default, [.. _creation[name], .. arguments.SelectMany(Word)], stop);
        return Address.Parse(receipt.GetProperty("contractAddress").GetString()!);
    }

    private async Task<JsonElement> SendAsync(int signer, Address? to, UInt256 value, byte[] input, CancellationToken stop)
    {
        byte[] raw = Sign(signer, _nonces[signer]++, to, value, input, gas: 8_000_000);
        var hash = await Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(raw));
        await Node.CallAsync("evm_mine", stop);
        var receipt = await Node.CallAsync("eth_getTransactionReceipt", stop, JsonValue.Create(hash.GetString()));
        if (receipt.GetProperty("status").GetString() != "0x1")
        {
            throw new InvalidOperationException($"Cannot deploy Uniswap: {receipt}");
        }

        return receipt;
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"Cannot find the checkout: no folder above {AppContext.BaseDirectory} contains {SolutionFile}.");
    }
}
