// pgmcp-http on Azure Container Apps, with a model deployment, Key Vault and Application Insights.
// Deploy: az deployment group create -g GROUP -f deploy/azure/main.bicep -p image=... databaseUrl=... storeUrl=... issuer=...
targetScope = 'resourceGroup'

@description('Region of every resource.')
param location string = resourceGroup().location
@description('Prefix of the names.')
@minLength(3)
@maxLength(11)
param name string = 'pgmcp'
@description('The image of pgmcp-http, built from deploy/Dockerfile.')
param image string
@secure()
@description('Connection string of the database that assistants query, for a role that may only read.')
param databaseUrl string
@secure()
@description('Connection string of the database for the server\'s own records, for another role.')
param storeUrl string
@description('The issuer of access tokens: https://login.microsoftonline.com/TENANT/v2.0 for Entra ID.')
param issuer string
@description('What tokens are issued for: the Application ID URI for Entra ID.')
param audience string
@description('Replicas at most. Times databases times pool size this must stay below max_connections.')
param maxReplicas int = 6

var suffix = uniqueString(resourceGroup().id)
var keyVaultSecretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var host = '${name}.${environment.properties.defaultDomain}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: { Application_Type: 'web', WorkspaceResourceId: logs.id }
}

resource model 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: '${name}-model-${suffix}'
  location: location
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: { customSubDomainName: '${name}-model-${suffix}', publicNetworkAccess: 'Enabled' }

  resource sqlWriter 'deployments' = {
    name: 'sql-writer'
    sku: { name: 'GlobalStandard', capacity: 50 }
    properties: { model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' } }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}-${suffix}'
  location: location
  properties: {
    sku: { family: 'A', name: 'standard' }
    tenantId: subscription().tenantId
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }

  resource database 'secrets' = { name: 'database-url', properties: { value: databaseUrl } }
  resource store 'secrets' = { name: 'store-url', properties: { value: storeUrl } }
  resource modelKey 'secrets' = { name: 'model-key', properties: { value: model.listKeys().key1 } }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: keyVaultSecretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// The environment's own collector takes OTLP from every app and passes it on to Application Insights.
resource environment 'Microsoft.App/managedEnvironments@2024-10-02-preview' = {
  name: '${name}-environment'
  location: location
  properties: {
    appInsightsConfiguration: { connectionString: insights.properties.ConnectionString }
    openTelemetryConfiguration: {
      tracesConfiguration: { destinations: ['appInsights'] }
      logsConfiguration: { destinations: ['appInsights'] }
    }
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: logs.properties.customerId, sharedKey: logs.listKeys().primarySharedKey }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  dependsOn: [readsSecrets]
  properties: {
    environmentId: environment.id
    configuration: {
      ingress: { external: true, targetPort: 3000, transport: 'http', allowInsecure: false }
      secrets: [
        { name: 'database-url', keyVaultUrl: vault::database.properties.secretUri, identity: identity.id }
        { name: 'store-url', keyVaultUrl: vault::store.properties.secretUri, identity: identity.id }
        { name: 'model-key', keyVaultUrl: vault::modelKey.properties.secretUri, identity: identity.id }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'pgmcp'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'PG_MCP_DATABASE_URL', secretRef: 'database-url' }
            { name: 'PG_MCP_STORE_URL', secretRef: 'store-url' }
            { name: 'PG_MCP_STORE_AUTO_MIGRATE', value: 'true' }
            { name: 'PG_MCP_OPENAI_API_KEY', secretRef: 'model-key' }
            { name: 'PG_MCP_OPENAI_AZURE_ENDPOINT', value: model.properties.endpoint }
            { name: 'PG_MCP_OPENAI_AZURE_DEPLOYMENT', value: model::sqlWriter.name }
            { name: 'PG_MCP_OPENAI_AZURE_API_VERSION', value: '2024-10-21' }
            { name: 'PG_MCP_HTTP_ALLOWED_HOSTS', value: host }
            { name: 'PG_MCP_HTTP_ALLOWED_ORIGINS', value: 'https://${host}' }
            { name: 'PG_MCP_HTTP_PUBLIC_URL', value: 'https://${host}' }
            { name: 'PG_MCP_AUTH_ISSUER', value: issuer }
            { name: 'PG_MCP_AUTH_AUDIENCE', value: audience }
            // Entra ID marks its access tokens as JWT; there the audience alone tells them from other tokens.
            { name: 'PG_MCP_AUTH_TOKEN_TYPE', value: 'jwt' }
            { name: 'PG_MCP_AUTH_TENANT_CLAIM', value: 'tid' }
            { name: 'PG_MCP_RATE_LIMIT_BACKEND', value: 'postgresql' }
            { name: 'PG_MCP_RATE_LIMIT_REPLICAS', value: string(maxReplicas) }
          ]
          probes: [
            { type: 'Liveness', httpGet: { path: '/livez', port: 9464 }, periodSeconds: 10 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 9464 }, periodSeconds: 2, failureThreshold: 2 }
            { type: 'Startup', httpGet: { path: '/livez', port: 9464 }, periodSeconds: 1, failureThreshold: 30 }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: maxReplicas
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '40' } } }]
      }
    }
  }
}

output url string = 'https://${host}/mcp'
