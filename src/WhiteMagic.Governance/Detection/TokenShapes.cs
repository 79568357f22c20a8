using System;
using System.Globalization;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>Tokens that can be told by how they begin; a further one is a further row. Sources: what their issuers document.</summary>
internal static class TokenShapes
{
    // Beginning, kind, what follows, at least and at most so many of it (0: any number). As bytes, which take half of what strings do.
    private static ReadOnlySpan<byte> Rows => """
        AKIA aws_access_key upper 16 16
        ASIA aws_access_key upper 16 16
        ghp_ github_token alphanumeric 30 255
        gho_ github_token alphanumeric 30 255
        ghu_ github_token alphanumeric 30 255
        ghs_ github_token alphanumeric 30 255
        ghr_ github_token alphanumeric 30 255
        github_pat_ github_token word 30 255
        glpat- gitlab_token word 18 80
        gldt- gitlab_token word 18 80
        glrt- gitlab_token word 18 80
        xoxb- slack_token word 20 0
        xoxp- slack_token word 20 0
        xoxa- slack_token word 20 0
        xoxs- slack_token word 20 0
        xapp- slack_token word 20 0
        sk_live_ stripe_key alphanumeric 16 0
        rk_live_ stripe_key alphanumeric 16 0
        sk_test_ stripe_key alphanumeric 16 0
        whsec_ stripe_key alphanumeric 24 0
        AIza google_api_key word 35 35
        ya29. google_token word 30 0
        GOCSPX- google_client_secret word 20 40
        sk-ant- anthropic_key word 20 0
        sk-proj- openai_key word 20 0
        sk-svcacct- openai_key word 20 0
        sk-or-v1- openrouter_key hex 40 0
        sk- openai_key alphanumeric 32 0
        gsk_ groq_key alphanumeric 40 0
        xai- xai_key alphanumeric 40 0
        hf_ huggingface_token alphanumeric 30 60
        r8_ replicate_token alphanumeric 30 60
        npm_ npm_token alphanumeric 36 36
        pypi- pypi_token word 40 0
        rubygems_ rubygems_token hex 40 0
        SG. sendgrid_key base64 40 90
        key- mailgun_key hex 32 32
        xkeysib- brevo_key word 40 0
        SK twilio_key hex 32 32
        dop_v1_ digitalocean_token hex 60 70
        shpat_ shopify_token hex 32 32
        shpss_ shopify_token hex 32 32
        sq0atp- square_token word 20 0
        sq0csp- square_token word 20 0
        AGE-SECRET-KEY-1 age_key upper 50 0
        hvs. vault_token word 24 0
        dp.pt. doppler_token alphanumeric 40 0
        dapi databricks_token hex 32 34
        lin_api_ linear_key alphanumeric 32 0
        figd_ figma_token word 30 0
        ATATT3 atlassian_token base64 50 0
        NRAK- newrelic_key upper 26 28
        pul- pulumi_token hex 40 40
        tskey- tailscale_key word 20 0
        sntrys_ sentry_token base64 40 0
        glsa_ grafana_token word 32 0
        PMAK- postman_key word 40 0
        """u8;

    /// <summary>All of them.</summary>
    internal static readonly TokenShape[] All = Read();

    private static TokenShape[] Read()
    {
        string[] rows = Encoding.UTF8.GetString(Rows).Split('\n');
        var shapes = new TokenShape[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            string[] row = rows[i].Split(' ');
            int most = int.Parse(row[4], CultureInfo.InvariantCulture);
            shapes[i] = new TokenShape(row[0], row[1], AlphabetOf(row[2]), int.Parse(row[3], CultureInfo.InvariantCulture), most == 0 ? int.MaxValue : most);
        }

        return shapes;
    }

    private static Alphabet AlphabetOf(string name) => name switch
    {
        "hex" => Alphabet.Hex,
        "upper" => Alphabet.Upper,
        "alphanumeric" => Alphabet.Alphanumeric,
        "word" => Alphabet.Word,
        _ => Alphabet.Base64Url,
    };
}
