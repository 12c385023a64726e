using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Networks.Text;

namespace Husai.Cli.Commands.Networks;

/// <summary><c>husai network tokens</c>.</summary>
internal sealed class NetworkTokensCommand : HusaiCommand
{
    private readonly Argument<string> _text = new("text") { Description = "A line of text", HelpName = "TEXT" };
    private readonly Option<string?> _model = NetworkArguments.Model(
        "Network in an ONNX file, beside which the tokenizer lies", required: false);

    private readonly Option<string?> _tokenizer = NetworkArguments.Tokenizer();

    public NetworkTokensCommand()
        : base(
            "tokens", "Show which tokens a text becomes, special ones included",
            "husai network tokens --model models/minilm/model.onnx \"A man is playing a guitar\"",
            "husai network tokens --tokenizer models/minilm/vocab.txt \"A man is playing a guitar\" --json")
    {
        Arguments.Add(_text);
        Options.Add(_model);
        Options.Add(_tokenizer);
        this.RequireOneOf(_model, _tokenizer);
    }

    public override int Run(CommandContext context)
    {
        var tokenizer = NetworkArguments.ReadTokenizer(context.Get(_tokenizer), context.Get(_model));
        Token[] tokens =
        [
            .. tokenizer.Before.Concat(tokenizer.Encode(context.Get(_text))).Concat(tokenizer.After)
                .Select(id => new Token(id, tokenizer.Vocabulary.ElementAtOrDefault(id) ?? "")),
        ];
        context.Output.Result(new Document(tokenizer.Path, tokenizer.Method, tokens), console =>
        {
            var table = Tables.Create(console, "#id", "token");
            foreach (var token in tokens)
            {
                table.AddTextRow(token.Id.ToString(CultureInfo.InvariantCulture), token.Text);
            }

            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(string Tokenizer, string Method, IReadOnlyList<Token> Tokens);

    private sealed record Token(int Id, string Text);
}
