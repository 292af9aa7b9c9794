namespace NeuroHal.Exchange.C;

/// <content>The code around the constants.</content>
public sealed partial class CNetwork
{
    private static IEnumerable<string> Fused =>
    [
        "/* a * b + c, rounded once. Where no instruction does that, the product is exact in double, and the sum is rounded to double",
        "   before it is rounded to float, which differs about once in 2^29 times. */",
        "static float fused(float a, float b, float c) {",
        "#ifdef __FP_FAST_FMAF",
        "    return __builtin_fmaf(a, b, c);",
        "#else",
        "    return (float)((double)a * (double)b + (double)c);",
        "#endif",
        "}",
    ];

    private IEnumerable<string> Code
    {
        get
        {
            int last = _layers.Count - 1;
            for (int place = 0; place < 2; place++)
            {
                if (HiddenWidth(place) is > 0 and var width)
                {
                    yield return $"static float activations{place}[{width}];";
                }
            }
            yield return "";
            yield return $"int {Name}_classify(const uint8_t pixels[{Name.ToUpperInvariant()}_PIXELS], float sums[{Name.ToUpperInvariant()}_CLASSES]) {{";
            if (_layers[0].Columns.Length == 0)
            {
                yield return "    (void)pixels;";
            }
            for (int i = 0; i <= last; i++)
            {
                string input = i == 0 ? "pixels" : $"activations{(i - 1) % 2}";
                string output = i == last ? "sums" : $"activations{i % 2}";
                foreach (string line in Loop(i, input, output, i < last))
                {
                    yield return "    " + line;
                }
            }
            yield return "    int best = 0;";
            yield return $"    for (int i = 1; i < {_layers[^1].Outputs}; i++) {{";
            yield return "        best = sums[i] > sums[best] ? i : best;";
            yield return "    }";
            yield return "    return best;";
            yield return "}";
        }
    }

    private IEnumerable<string> Loop(int layer, string input, string output, bool rectified)
    {
        int number = layer + 1;
        int outputs = _layers[layer].Outputs;
        if (_layers[layer].Columns.Length == 0)
        {
            return [$"for (uint32_t row = 0; row < {outputs}; row++) {{", $"    {output}[row] = 0.0f;", "}"];
        }
        string sum = _layers[layer].Scale switch
        {
            null => "sum",
            CArithmetic.PixelScale => "sum * (1.0f / 255.0f)",
            { } scale => $"sum * {CText.Of(scale)}",
        };
        string weight = _weights == CWeights.Int8 ? $"(float)weights{number}[i]" : $"weights{number}[i]";
        return
        [
            $"for (uint32_t row = 0, i = 0; row < {outputs}; row++) {{",
            "    float sum = 0.0f;",
            $"    for (; i < ends{number}[row]; i++) {{",
            $"        const float x = {(layer == 0 ? "(float)" : "")}{input}[columns{number}[i]];",
            "        if (x != 0.0f) {",
            $"            sum = fused({weight}, x, sum);",
            "        }",
            "    }",
            .. rectified
                ? new[] { $"    sum = {sum};", $"    {output}[row] = sum < 0.0f ? 0.0f : sum;" }
                : [$"    {output}[row] = {sum};"],
            "}",
        ];
    }
}
